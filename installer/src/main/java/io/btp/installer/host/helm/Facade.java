package io.btp.installer.host.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A Kubernetes API on loopback that lets Helm read the cluster and refuses every change, so that a plan sees what an
 * install or upgrade would bring: the first thing that Helm writes is the release Secret, which holds all of it.
 *
 * <p>Only who knows the token is served. Secrets of half-made revisions are not shown to Helm: it would refuse to work.
 */
final class Facade implements AutoCloseable {
    private static final int LARGEST_BODY = 16 * 1024 * 1024;
    private static final String PREFIX = "sh.helm.release.v1.";

    private final ClusterClient client;
    private final DiscoveryCache cache;
    private final Set<String> hidden;
    private final String token;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Optional<Map<String, Object>>> captured = new AtomicReference<>(Optional.empty());

    private Facade(ClusterClient client, DiscoveryCache cache, Set<String> hidden, String token, HttpServer server) {
        this.client = client;
        this.cache = cache;
        this.hidden = hidden;
        this.token = token;
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param hidden names of Secrets that are not shown
     * @param token what whoever asks has to know
     */
    static Facade start(ClusterClient client, DiscoveryCache cache, Set<String> hidden, String token) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var facade = new Facade(client, cache, hidden, token, server);
            server.createContext("/", facade::answer);
            server.setExecutor(facade.executor);
            server.start();
            return facade;
        } catch (IOException noPort) {
            throw new java.io.UncheckedIOException("No port on loopback for the rendering of charts", noPort);
        }
    }

    /** Gives the kubeconfig by which it is reached. */
    String kubeconfig() {
        var address = server.getAddress();
        var host = address.getAddress().getHostAddress();
        return WorkerAccess.loopback(URI.create(
                "http://%s:%d/%s".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort(), token)));
    }

    /** Gives the release that Helm wanted to write; empty while it has not. */
    Optional<Map<String, Object>> captured() {
        return captured.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = path(exchange);
            if (path.isEmpty()) {
                send(exchange, status(403, "Forbidden", "who asks is not known"));
            } else if (exchange.getRequestMethod().equals("GET")) {
                send(exchange, read(exchange, path.get()));
            } else {
                send(exchange, refuse(exchange));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ProviderException refused) {
            send(exchange, status(500, "InternalError", refused.problem().summary()));
        }
    }

    // Clients send no credentials over plain HTTP: what one has to know stands in the path.
    private Optional<String> path(HttpExchange exchange) {
        var path = exchange.getRequestURI().getRawPath();
        var end = 1 + token.length();
        return path.length() > end
                        && path.charAt(end) == '/'
                        && MessageDigest.isEqual(bytes(path.substring(1, end)), bytes(token))
                ? Optional.of(path.substring(end))
                : Optional.empty();
    }

    private DiscoveryCache.Answer read(HttpExchange exchange, String path) throws InterruptedException, IOException {
        var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                .map(text -> "?" + text)
                .orElse("");
        if (query.contains("watch=")) {
            return status(403, "Forbidden", "a plan watches nothing");
        }
        var accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                .orElse("application/json");
        if (DiscoveryCache.isDiscovery(path)) {
            return cache.answer(client, path + query, accept);
        }
        if (path.matches("/api/v1/namespaces/[^/]+/secrets(/[^/]+)?") && !hidden.isEmpty()) {
            return secrets(path, query);
        }
        return DiscoveryCache.fetch(client, path + query, accept);
    }

    private DiscoveryCache.Answer secrets(String path, String query) throws InterruptedException, IOException {
        if (hidden.contains(path.substring(path.lastIndexOf('/') + 1))) {
            return status(404, "NotFound", "not shown");
        }
        var answer = DiscoveryCache.fetch(client, path + query, "application/json");
        var list = ReleaseCodec.object(answer.body()).orElseGet(Map::of);
        if (!list.containsKey("items")) {
            return answer;
        }
        var shown = Fields.maps(list, "items").stream()
                .filter(item ->
                        !hidden.contains(Fields.text(item, "metadata", "name").orElse("")))
                .toList();
        return new DiscoveryCache.Answer(
                answer.status(), "application/json", bytes(ReleaseCodec.json(Fields.with(list, "items", shown))));
    }

    private DiscoveryCache.Answer refuse(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
        if (exchange.getRequestMethod().equals("POST")
                && exchange.getRequestURI().getPath().endsWith("/secrets")) {
            release(body).ifPresent(release -> captured.compareAndSet(Optional.empty(), Optional.of(release)));
        }
        return status(403, "Forbidden", "a plan changes nothing");
    }

    private static Optional<Map<String, Object>> release(byte[] body) {
        if (Protobuf.isBinary(body)) {
            return Protobuf.secret(body, "release")
                    .filter(secret -> secret.name().startsWith(PREFIX))
                    .flatMap(secret -> ReleaseCodec.read(secret.value()));
        }
        return ReleaseCodec.object(body)
                .filter(secret ->
                        Fields.text(secret, "metadata", "name").orElse("").startsWith(PREFIX))
                .flatMap(secret -> Fields.text(secret, "data", "release"))
                .flatMap(base64 -> ReleaseCodec.read(Base64.getMimeDecoder().decode(base64)));
    }

    private static DiscoveryCache.Answer status(int code, String reason, String message) {
        var status = new LinkedHashMap<String, Object>();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.put("metadata", Map.of());
        status.put("status", "Failure");
        status.put("message", message);
        status.put("reason", reason);
        status.put("code", code);
        return new DiscoveryCache.Answer(code, "application/json", bytes(ReleaseCodec.json(status)));
    }

    private static void send(HttpExchange exchange, DiscoveryCache.Answer answer) throws IOException {
        exchange.getRequestBody().readNBytes(LARGEST_BODY);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
