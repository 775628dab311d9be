package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/** Proves a Redis-compatible server and what its user may do. */
final class RedisProof {
    private static final int SECONDS_TO_LIVE = 60;
    private static final int LONGEST_ANSWER = 512;

    private final Redis redis;
    private final Subject subject;
    private final Gate gate;
    private final String mark;
    private final RedisFaults faults;

    /**
     * Proves it.
     *
     * @param mark name of what the trial makes
     */
    RedisProof(Redis redis, Subject subject, Gate gate, String mark) {
        this.redis = redis;
        this.subject = subject;
        this.gate = gate;
        this.mark = mark;
        this.faults = new RedisFaults(redis, subject);
    }

    List<Check> checks() {
        return List.of(
                subject.check("redis.reach", subject.name() + " answers", this::reach),
                subject.check("redis.login", "Redis lets %s in".formatted(faults.user()), this::login),
                subject.check("redis.eviction", "Redis never evicts keys", this::eviction),
                subject.check("redis.rights", "%s may set, get and delete keys".formatted(faults.user()), this::rights)
                        .asTrial());
    }

    private Check.Result reach() throws IOException, InterruptedException {
        try (var connected = subject.line().open()) {
            var answer = ping(connected.socket());
            if (!answer.startsWith("+") && !answer.startsWith("-")) {
                throw new ProtocolException("expected an answer of Redis to PING, got other bytes");
            }
            return new Check.Result.Passed("reached, " + TlsWords.of(connected, subject.line()));
        }
    }

    private static String ping(Socket socket) throws IOException {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (answer.length() < LONGEST_ANSWER) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("closed after the first message");
            }
            if (next == '\n') {
                return answer.toString();
            }
            answer.append((char) next);
        }
        throw new ProtocolException("expected an answer of Redis to PING, got a long line");
    }

    /** What is done once the server let us in. */
    private interface Use {
        Check.Result of(Jedis session);
    }

    private Check.Result login() throws IOException, InterruptedException {
        return in(session -> new Check.Result.Passed(session.ping()));
    }

    private Check.Result eviction() throws IOException, InterruptedException {
        return in(session -> {
            String information;
            try {
                information = session.info();
            } catch (JedisException refused) {
                return new Check.Result.Warned(faults.refusal(refused).problem());
            }
            var version = field(information, "redis_version").orElse("unknown");
            var policy = field(information, "maxmemory_policy").orElse("unknown");
            return policy.equals("noeviction")
                    ? new Check.Result.Passed("Redis %s, noeviction".formatted(version))
                    : new Check.Result.Warned(faults.evicts(policy));
        });
    }

    private Check.Result rights() throws IOException, InterruptedException {
        return in(session -> {
            session.set(mark, mark, SetParams.setParams().ex(SECONDS_TO_LIVE));
            var read = Optional.ofNullable(session.get(mark));
            session.del(mark);
            return read.filter(mark::equals).isPresent()
                    ? new Check.Result.Passed("set, get, delete")
                    : new Check.Result.Failed(Problem.of(
                            Reason.FAILED,
                            "%s does not give back what was set a moment ago".formatted(subject.name()),
                            "See whether a proxy or replica answers in place of the primary"));
        });
    }

    private Check.Result in(Use use) throws IOException, InterruptedException {
        try (var connected = subject.line().open();
                var session = session(connected.socket())) {
            return use.of(session);
        } catch (JedisException failed) {
            throw faults.refusal(failed);
        }
    }

    private Jedis session(Socket socket) throws IOException, InterruptedException {
        var user = "%s as %s".formatted(subject.name(), faults.user());
        return gate.enter(user, redis.password(), () -> {
            try {
                return admitted(socket);
            } catch (JedisException refused) {
                throw faults.refusal(refused);
            }
        });
    }

    // A server without a password lets everybody connect, one with a password too: PING shows which it is.
    private Jedis admitted(Socket socket) {
        var parameters = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(Line.CONNECT_MILLIS)
                .socketTimeoutMillis(Line.READ_MILLIS)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        redis.username().ifPresent(parameters::user);
        redis.password().map(Secret::reveal).ifPresent(parameters::password);
        var session = new Jedis(() -> socket, parameters.build());
        session.ping();
        return session;
    }

    private static Optional<String> field(String information, String name) {
        var line = Pattern.compile("(?m)^" + Pattern.quote(name) + ":([^\\r\\n]*)");
        return line.matcher(information)
                .results()
                .findFirst()
                .map((MatchResult match) -> match.group(1).strip().toLowerCase(Locale.ROOT));
    }
}
