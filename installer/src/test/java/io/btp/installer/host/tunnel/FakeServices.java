package io.btp.installer.host.tunnel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of an API server as serves Services; it has no pods. */
final class FakeServices implements AutoCloseable {
    private static final String KINDS = """
            {"kind":"APIResourceList","groupVersion":"v1","resources":[
            {"name":"services","kind":"Service","namespaced":true,"verbs":["get","list"]},
            {"name":"pods","kind":"Pod","namespaced":true,"verbs":["get","list"]}]}
            """;
    private static final String NO_PODS = "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}";
    private static final String MISSING =
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}";

    private final HttpServer server;
    private final Map<String, String> services = new ConcurrentHashMap<>();

    FakeServices() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: fake
                clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: fake, context: {cluster: fake, user: fake}}]
                users: [{name: fake, user: {}}]
                """.formatted(server.getAddress().getPort());
    }

    void put(String namespace, String name, String address, int port) {
        services.put("/api/v1/namespaces/%s/services/%s".formatted(namespace, name), """
                {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","namespace":"%s"},
                "spec":{"clusterIP":"%s","selector":{"app":"%s"},"ports":[{"port":%d}]}}
                """.formatted(
                        name, namespace, address, name, port));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var text = path.equals("/api/v1") ? KINDS : path.endsWith("/pods") ? NO_PODS : services.get(path);
            var body = (text == null ? MISSING : text).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
