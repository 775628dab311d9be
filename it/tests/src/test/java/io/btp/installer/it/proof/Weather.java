package io.btp.installer.it.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.btp.installer.it.Authority;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The weather between the program, its workers, and the API server: a proxy that spoils some answers, and counts them. */
final class Weather implements AutoCloseable {
    /** What becomes of a request. */
    enum Kind {
        /** Answered by 429, with the wish to come back in a second. */
        THROTTLED,
        /** Answered by 500. */
        FAILED,
        /** Not answered: the connection ends. */
        RESET,
        /** Led on, and half of the answer comes back. */
        CUT,
        /** Answered by 401, and so is everything after it. */
        UNKNOWN
    }

    /**
     * When the weather is bad.
     *
     * @param requests which requests are met: a pattern for method, space and path
     * @param every of those, one in so many by chance
     * @param most when that many were spoilt, it is over
     */
    record Storm(Kind kind, Pattern requests, int every, int most) {
        static final Storm NONE = new Storm(Kind.RESET, Pattern.compile("(?!)"), 1, 0);

        static Storm of(Kind kind, String requests, int every, int most) {
            return new Storm(kind, Pattern.compile(requests), every, most);
        }
    }

    /** What is spoilt by chance over and over is no storm that anybody can live through. */
    private static final int MOST_ALIKE = 3;

    private static final Set<String> HOP =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Config access;
    private final String authority;
    private final HttpClient onward;
    private final AtomicReference<Storm> storm = new AtomicReference<>(Storm.NONE);
    private final Random chance = Proof.random();
    private final AtomicInteger spoilt = new AtomicInteger();
    private final Map<String, Integer> alike = new ConcurrentHashMap<>();

    Weather(Authority authority, String kubeconfig) throws IOException, GeneralSecurityException, InterruptedException {
        this.access = Config.fromKubeconfig(kubeconfig);
        this.authority = Base64.getEncoder().encodeToString(Files.readAllBytes(authority.file()));
        this.onward = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(access))
                .build();
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.contextFor("localhost")));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private static SSLContext trusting(Config access) throws IOException, GeneralSecurityException {
        var pem = new ByteArrayInputStream(Base64.getDecoder().decode(access.getCaCertData()));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Gives a kubeconfig that leads through here. */
    String kubeconfig() {
        return kubeconfig(authority);
    }

    /** Gives a kubeconfig that leads through here and knows the API server's own authority only. */
    String kubeconfigOfAnotherAuthority() {
        return kubeconfig(access.getCaCertData());
    }

    private String kubeconfig(String trusted) {
        return """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters: [{name: it, cluster: {server: "https://localhost:%d", certificate-authority-data: "%s"}}]
                users: [{name: it, user: {token: "%s"}}]
                contexts: [{name: it, context: {cluster: it, user: it}}]
                """.formatted(server.getAddress().getPort(), trusted, access.getAutoOAuthToken());
    }

    /** Lets bad weather begin. */
    void begin(Storm next) {
        spoilt.set(0);
        alike.clear();
        storm.set(next);
    }

    /** Ends it. */
    void clear() {
        storm.set(Storm.NONE);
    }

    /** Gives how many requests the latest storm spoilt. */
    int spoilt() {
        return spoilt.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var now = storm.get();
            var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            if (!meets(now, request)) {
                lead(exchange, false);
                return;
            }
            switch (now.kind()) {
                case THROTTLED -> {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                    send(exchange, 429, "TooManyRequests", "the server has received too many requests");
                }
                case FAILED -> send(exchange, 500, "InternalError", "etcdserver: request timed out");
                case RESET -> {}
                case CUT -> lead(exchange, true);
                case UNKNOWN -> send(exchange, 401, "Unauthorized", "Unauthorized");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean meets(Storm now, String request) {
        if (now.kind() == Kind.UNKNOWN && spoilt.get() > 0) {
            spoilt.incrementAndGet();
            return true;
        }
        var met =
                now.requests().matcher(request).find() && chance.nextInt(now.every()) == 0 && spoilt.get() < now.most();
        if (!met || alike.merge(request, 1, Integer::sum) > MOST_ALIKE) {
            return false;
        }
        spoilt.incrementAndGet();
        return true;
    }

    private static void send(HttpExchange exchange, int code, String reason, String message) throws IOException {
        exchange.getRequestBody().readAllBytes();
        var status = """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","message":"%s","code":%d}""".formatted(reason, message, code).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, status.length);
        exchange.getResponseBody().write(status);
    }

    private void lead(HttpExchange exchange, boolean half) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(access.getMasterUrl())
                .resolve(exchange.getRequestURI().toString()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        var body = exchange.getRequestBody().readAllBytes();
        request.method(
                exchange.getRequestMethod(),
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        var answer = onward.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var content = answer.body()) {
            answer.headers().map().forEach((name, values) -> {
                if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            if (half) {
                var whole = content.readAllBytes();
                exchange.sendResponseHeaders(answer.statusCode(), whole.length + 1L);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
            } else {
                pass(exchange, answer.statusCode(), content);
            }
        }
    }

    /** Passes on what comes as it comes: a watch lasts. */
    private static void pass(HttpExchange exchange, int code, InputStream content) throws IOException {
        exchange.sendResponseHeaders(code, code == 204 || code == 304 ? -1 : 0);
        var out = exchange.getResponseBody();
        var buffer = new byte[16_384];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            out.write(buffer, 0, count);
            out.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        onward.shutdownNow();
    }
}
