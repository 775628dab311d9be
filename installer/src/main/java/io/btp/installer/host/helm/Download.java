package io.btp.installer.host.helm;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.kubernetes.Limits;
import io.btp.installer.host.reach.ProxyHop;
import io.btp.installer.host.reach.Reach;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Fetches small things over HTTP: by the user's proxy, trusting the user's authorities, within limits. What a server is too
 * busy for, or breaks off, is asked for again.
 */
final class Download implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;
    private final Reach reach;
    private final Limits limits;
    private final InstantSource clock;

    /** What came: whatever its status. */
    record Fetched(int status, Map<String, List<String>> headers, byte[] body) {
        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst();
        }

        /** Tells whether the same request may succeed a moment later. */
        boolean mayPass() {
            return switch (status) {
                case 429, 500, 502, 503, 504 -> true;
                default -> false;
            };
        }

        /** Gives how long the server asks to wait: in seconds, or until a time. */
        Optional<Duration> retryAfter(Instant now) {
            return header("Retry-After").map(String::strip).flatMap(value -> {
                if (value.matches("\\d{1,6}")) {
                    return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
                }
                try {
                    var until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
                    return Optional.of(Duration.between(now, until)).filter(Duration::isPositive);
                } catch (DateTimeException unreadable) {
                    return Optional.empty();
                }
            });
        }
    }

    /** Sets up; contacts nothing. */
    Download(Connection connection, Limits limits, InstantSource clock) {
        this.reach = Reach.of(connection);
        this.limits = limits;
        this.clock = clock;
        var builder = HttpClient.newBuilder()
                .connectTimeout(limits.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(reach.selector());
        if (reach.hasOwnAuthorities()) {
            builder.sslContext(reach.authorities().context());
        }
        this.client = builder.build();
    }

    /**
     * Fetches, following redirects; credentials do not follow to another host.
     *
     * @throws ProviderException if no answer came, or more than the limit
     */
    Fetched get(URI address, Map<String, String> headers, int limit) throws InterruptedException {
        var here = address;
        var sent = headers;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var fetched = patiently(here, sent, limit);
            var location = fetched.header("Location");
            if (fetched.status() / 100 != 3 || location.isEmpty()) {
                return fetched;
            }
            var next = here.resolve(location.get());
            if (here.getScheme().equals("https") && !next.getScheme().equals("https")) {
                throw failed(
                        Reason.INVALID,
                        address,
                        "it leads to " + next + ", which is not encrypted",
                        "Use another address");
            }
            if (!next.getAuthority().equals(here.getAuthority())) {
                sent = new LinkedHashMap<>(sent);
                sent.remove("Authorization");
            }
            here = next;
        }
        throw failed(Reason.INVALID, address, "it leads on and on", "Use another address");
    }

    private Fetched patiently(URI address, Map<String, String> headers, int limit) throws InterruptedException {
        var pause = limits.backOff();
        for (int attempt = 1; ; attempt++) {
            var last = attempt >= limits.attempts();
            try {
                var fetched = once(address, headers, limit);
                var asked = fetched.retryAfter(clock.instant());
                if (last
                        || !fetched.mayPass()
                        || asked.filter(time -> time.compareTo(LONGEST_PAUSE) > 0)
                                .isPresent()) {
                    return fetched;
                }
                pause = asked.orElse(pause);
            } catch (IOException broken) {
                if (last || !breaksOff(broken)) {
                    throw silence(address, broken);
                }
            }
            limits.pause().between(pause);
            pause = pause.multipliedBy(2);
        }
    }

    /** Tells whether a connection that was there has ended: nothing that an attempt a moment later would meet again. */
    private static boolean breaksOff(IOException broken) {
        return !(broken instanceof ConnectException
                || broken instanceof HttpTimeoutException
                || broken instanceof SSLException
                || broken.getCause() instanceof UnresolvedAddressException
                || words(broken).contains("Tunnel failed"));
    }

    private Fetched once(URI address, Map<String, String> headers, int limit) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(limits.answer()).GET();
        headers.forEach(request::header);
        reach.proxyFor(address)
                .flatMap(ProxyHop::authorization)
                .ifPresent(login -> request.header("Proxy-Authorization", login));
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var body = response.body()) {
            var bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw failed(
                        Reason.INVALID,
                        address,
                        "it is larger than " + limit / 1024 / 1024 + " MiB",
                        "See whether this is the right address");
            }
            return new Fetched(response.statusCode(), response.headers().map(), bytes);
        }
    }

    private ProviderException silence(URI address, IOException broken) {
        var evidence = List.of("The installer wanted to read " + address + by(address), words(broken));
        return new ProviderException(silence(address, words(broken)).evidence(evidence), broken);
    }

    private String by(URI address) {
        return reach.proxyFor(address)
                .map(proxy -> " by the proxy " + proxy.address())
                .orElse(" directly");
    }

    private Problem silence(URI address, String words) {
        var proxy = reach.proxyFor(address);
        if (proxy.isPresent() && words.contains("407")) {
            return proxy.get().refusal();
        }
        if (words.contains("certification path") || words.contains("certificate")) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "The certificate of %s is not trusted".formatted(address.getAuthority()),
                    "Name the authority that signed it in connection.caFile in the answers; where a proxy looks into the"
                            + " traffic, it is the proxy's");
        }
        return Problem.of(
                Reason.UNREACHABLE,
                address.getAuthority() + " does not answer",
                "Check the address, the network, and connection.proxy, noProxy and caFile in the answers");
    }

    private static String words(Throwable broken) {
        var cause = broken.getCause();
        var message = Optional.ofNullable(broken.getMessage())
                .orElse(broken.getClass().getSimpleName());
        return cause == null || String.valueOf(cause.getMessage()).equals(message)
                ? message
                : message + ": " + words(cause);
    }

    static ProviderException failed(Reason reason, URI address, String why, String remedy) {
        return new ProviderException(Problem.of(reason, "%s cannot be used: %s".formatted(address, why), remedy));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
