package io.btp.installer.simulator.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers the API server's calls to a kubelet: the logs of a pod are its annotation {@code simulator.btp/logs}. */
final class KubeletServer implements AutoCloseable {
    private static final String LOGS = "simulator.btp/logs";

    private final Store pods;
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    KubeletServer(Cluster cluster, int port, Identity identity) throws IOException, InterruptedException {
        this.pods = cluster.store(Kind.POD);
        this.server = HttpsServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        try {
            server.setHttpsConfigurator(new HttpsConfigurator(identity.serving()));
        } catch (GeneralSecurityException e) {
            throw new IOException("The kubelets' certificate cannot be used", e);
        }
        server.setExecutor(executor);
        server.createContext("/", KubeletServer::refuse);
        server.createContext("/containerLogs/", this::logs);
        server.start();
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        send(exchange, 501, "simulated nodes have logs only: no exec, attach or port-forward\n");
    }

    private void logs(HttpExchange exchange) throws IOException {
        var parts = exchange.getRequestURI().getPath().split("/");
        var pod = parts.length < 5
                ? Optional.<String>empty()
                : pods.find(new Key(parts[2], parts[3])).map(found -> Meta.annotation(found, LOGS));
        send(
                exchange,
                pod.isPresent() ? 200 : 404,
                pod.map(text -> text.endsWith("\n") || text.isEmpty() ? text : text + "\n")
                        .orElse("no such pod\n"));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
