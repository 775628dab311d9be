package io.btp.installer.host.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** An identity provider on loopback that says what it is told to, and keeps what it was asked. */
final class FakeIssuer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Object> document = new LinkedHashMap<>();
    private final Map<String, Said> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private record Said(int status, String location, String text) {}

    FakeIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        document.put("issuer", issuer().toString());
        document.put("authorization_endpoint", issuer() + "/authorize");
        document.put("token_endpoint", issuer() + "/token");
        document.put("jwks_uri", issuer() + "/keys");
        says("/keys", 200, "{\"keys\": [{\"kty\": \"RSA\", \"use\": \"sig\"}]}");
        says("/token", 200, "{\"access_token\": \"x\"}");
        says("/authorize", 200, "<html><body>Sign in</body></html>");
    }

    URI issuer() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    FakeIssuer with(String field, Object value) {
        document.put(field, value);
        return this;
    }

    FakeIssuer says(String path, int status, String text) {
        answers.put(path, new Said(status, "", text));
        return this;
    }

    FakeIssuer leads(String path, String location) {
        answers.put(path, new Said(302, location, ""));
        return this;
    }

    /** Gives what was posted, and how the client showed itself. */
    List<String> asked() {
        return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("POST")) {
                asked.add(body + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            }
            var said = path.equals("/.well-known/openid-configuration")
                    ? answers.getOrDefault(
                            path, new Said(200, "", JsonMapper.builder().build().writeValueAsString(document)))
                    : answers.getOrDefault(path, new Said(404, "", "nothing here"));
            if (!said.location().isEmpty()) {
                exchange.getResponseHeaders().add("Location", said.location());
            }
            var bytes = said.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
