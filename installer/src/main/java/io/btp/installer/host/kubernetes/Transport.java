package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to one API server, each with a deadline, and again where that is safe and may help.
 *
 * <p>The access is asked for before each request: where an exec plugin's credential ran out, the access gives a new
 * text, and the connection is made anew with it.
 */
final class Transport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Parts of a wait for an answer. */
    private static final int PARTS = 30;

    private final Secret access;
    private final Connection connection;
    private final Limits limits;
    private final BooleanSupplier mayChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Link> links = new ArrayList<>();
    private final Set<Right> used = ConcurrentHashMap.newKeySet();

    /** A connection and the access that it was made with. */
    private record Link(Secret text, Session session) {}

    Transport(Secret access, Connection connection, Limits limits, BooleanSupplier mayChange) {
        this.access = access;
        this.connection = connection;
        this.limits = limits;
        this.mayChange = mayChange;
    }

    /**
     * Sends a request and reads the answer, whatever its status.
     *
     * @throws ProviderException if no answer came
     */
    Answer send(Call call) throws InterruptedException {
        var pause = limits.backOff();
        for (int attempt = 1; ; attempt++) {
            var last = attempt >= limits.attempts();
            try {
                var answer = read(call);
                if (last || !Refusals.mayPass(answer, call)) {
                    return answer;
                }
                pause = Refusals.retryAfter(answer).orElse(pause);
            } catch (Silence silence) {
                if (last || !call.repeatable() || !Refusals.mayPass(silence.why())) {
                    throw Refusals.silence(silence.why(), call, session().server(), limits);
                }
            }
            limits.pause().between(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
            pause = pause.multipliedBy(2);
        }
    }

    /**
     * Sends a request once and gives the answer while it comes, whatever its status.
     *
     * @throws ProviderException if no answer came
     */
    Forwarded stream(Call call) throws InterruptedException {
        try {
            var response = exchange(call, InputStream.class);
            return new Forwarded(response.code(), response.headers(), body(response));
        } catch (Silence silence) {
            throw Refusals.silence(silence.why(), call, session().server(), limits);
        }
    }

    /** Lends the client itself, for what needs a web socket. */
    KubernetesClient client() {
        return session().client();
    }

    URI server() {
        return session().server();
    }

    /** Gives the rights that the requests so far needed. */
    Set<Right> used() {
        return Set.copyOf(used);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            links.forEach(link -> link.session().close());
            links.clear();
        } finally {
            lock.unlock();
        }
    }

    private Answer read(Call call) throws Silence, InterruptedException {
        var response = exchange(call, byte[].class);
        return new Answer(
                response.code(),
                response.headers(),
                Optional.ofNullable(response.body()).orElse(new byte[0]));
    }

    private static InputStream body(HttpResponse<InputStream> response) {
        return Optional.ofNullable(response.body()).orElseGet(InputStream::nullInputStream);
    }

    private <T> HttpResponse<T> exchange(Call call, Class<T> type) throws Silence, InterruptedException {
        var session = session();
        Right.of(call).ifPresent(used::add);
        requirePermission(call);
        var answer = session.client().getHttpClient().sendAsync(request(session, call), type);
        try {
            var response = await(answer, limits.answer());
            LOG.debug("{} {}: {}", call.method(), call.path(), response.code());
            return response;
        } catch (ExecutionException failed) {
            LOG.debug("{} {}: no answer", call.method(), call.path(), failed);
            // The client breaks over an answer without a body, which a proxy's demand for a login is the only one of.
            if (failed.getCause() instanceof NullPointerException
                    && session.proxy().isPresent()) {
                throw new ProviderException(
                        session.proxy().get().refusal().evidence(List.of("The proxy answered 407")), failed);
            }
            throw silence(failed);
        } catch (TimeoutException late) {
            LOG.debug("{} {}: no answer in time", call.method(), call.path());
            throw new Silence(late);
        } finally {
            cancel(answer);
        }
    }

    /** Waits in parts: while the machine sleeps the answer may have come, and the sleep is no more than one part. */
    private static <T> T await(CompletableFuture<T> answer, Duration longest)
            throws ExecutionException, TimeoutException, InterruptedException {
        for (int part = 1; ; part++) {
            try {
                return answer.get(longest.dividedBy(PARTS).toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                if (part == PARTS) {
                    throw late;
                }
            }
        }
    }

    private static Silence silence(ExecutionException failed) {
        for (var cause = failed.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProviderException refused) {
                throw refused;
            }
        }
        return new Silence(failed.getCause() == null ? failed : failed.getCause());
    }

    private static void cancel(CompletableFuture<?> answer) {
        if (!answer.isDone()) {
            answer.cancel(true);
        }
    }

    private void requirePermission(Call call) {
        if (call.needsPermission() && !mayChange.getAsBoolean()) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.TRANSIENT,
                    "This run may not make changes any more, it did not " + call.purpose() + ": its lock has run out",
                    "See who holds the lock now, then run the same command again"));
        }
    }

    private HttpRequest request(Session session, Call call) {
        var builder = session.client().getHttpClient().newHttpRequestBuilder().uri(session.server(call.path()));
        var contentType = header(call.headers(), "Content-Type").orElse(Call.JSON);
        call.headers().forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Content-Type")) {
                builder.setHeader(name, value);
            }
        });
        if (call.body().isPresent()) {
            var bytes = call.body().get();
            return builder.method(call.method(), contentType, new Permitted(call, bytes), bytes.length)
                    .build();
        }
        return call.method().equals("GET")
                ? builder.build()
                : builder.method(call.method(), contentType, "").build();
    }

    private static Optional<String> header(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private Session session() {
        var text = Secret.of(access.reveal());
        lock.lock();
        try {
            if (links.isEmpty() || !links.getLast().text().matches(text)) {
                links.add(new Link(text, Session.open(text, connection, limits)));
            }
            return links.getLast().session();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A body that is there only as long as changes may be made. It is read at the very last moment: a process that was
     * stopped since it began the request does not complete it when it goes on too late.
     */
    private final class Permitted extends ByteArrayInputStream {
        private final Call call;

        Permitted(Call call, byte[] bytes) {
            super(bytes);
            this.call = call;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            requirePermission(call);
            return super.read(into, offset, length);
        }
    }

    /** No answer came. */
    private static final class Silence extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Throwable why;

        Silence(Throwable why) {
            super(why);
            this.why = why;
        }

        Throwable why() {
            return why;
        }
    }
}
