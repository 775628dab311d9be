package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.btp.installer.api.Connection;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change of which nobody knows whether it took effect: the answer is an error, as of an etcd that was too slow. */
class LostAnswerTest {
    private static final ObjectRef SETTINGS = ObjectRef.of("v1", "ConfigMap", "shop", "settings");

    private HttpServer server;
    private ClusterClient client;
    private String colour = "red";
    private int version = 1;
    private boolean takesEffect = true;
    private String meanwhile = "";
    private int puts;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = ClusterClient.open(Secret.of("""
                apiVersion: v1
                kind: Config
                current-context: it
                clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: it, user: {token: abc}}]
                contexts: [{name: it, context: {cluster: it, user: it}}]
                """.formatted(server.getAddress().getPort())), Connection.direct());
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            if (path.equals("/api/v1")) {
                say(exchange, 200, """
                        {"kind": "APIResourceList", "groupVersion": "v1", "resources": [
                          {"name": "configmaps", "singularName": "configmap", "namespaced": true, "kind": "ConfigMap",
                           "verbs": ["get", "update"]}]}""");
            } else if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange);
            } else {
                say(exchange, 200, settings());
            }
        }
    }

    private void put(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        puts++;
        if (!body.contains("\"resourceVersion\":\"" + version + "\"")) {
            say(exchange, 409, status(409, "Conflict", "the object has been modified"));
            return;
        }
        if (puts > 1 || takesEffect) {
            colour = body.contains("green") ? "green" : colour;
            version++;
        }
        if (!meanwhile.isEmpty()) {
            colour = meanwhile;
            version++;
        }
        if (puts == 1) {
            say(exchange, 500, status(500, "InternalError", "etcdserver: request timed out"));
        } else {
            say(exchange, 200, settings());
        }
    }

    private String settings() {
        return """
                {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "shop",
                 "resourceVersion": "%d"}, "data": {"colour": "%s"}}""".formatted(version, colour);
    }

    private static String status(int code, String reason, String message) {
        return """
                {"apiVersion": "v1", "kind": "Status", "status": "Failure", "code": %d, "reason": "%s", "message": "%s"}""".formatted(code, reason, message);
    }

    private static void say(HttpExchange exchange, int code, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private java.util.Optional<Map<String, Object>> replaced() throws InterruptedException {
        var read = client.find(SETTINGS).orElseThrow();
        return client.replaceUnlessChanged(Fields.with(read, "data", Map.of("colour", "green")));
    }

    @Test
    void recognisesItsOwnChange() throws InterruptedException {
        assertThat(replaced())
                .hasValueSatisfying(written -> assertThat(Fields.text(written, "metadata", "resourceVersion"))
                        .contains("2"));
        assertThat(puts).isEqualTo(2);
    }

    @Test
    void isMadeAgainWhereItTookNoEffect() throws InterruptedException {
        takesEffect = false;

        assertThat(replaced()).isPresent();
        assertThat(colour).isEqualTo("green");
        assertThat(puts).isEqualTo(2);
    }

    @Test
    void isNotTakenForTheChangeOfSomebodyElse() throws InterruptedException {
        meanwhile = "blue";

        assertThat(replaced()).isEmpty();
        assertThat(colour).isEqualTo("blue");
    }
}
