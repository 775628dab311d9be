package io.btp.installer.simulator.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Loop;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plays ingress controller and backends: answers on port 80 and 443 of every Ingress's address with a few words of JSON;
 * 503 while no ready pod stands behind the Service, 404 for a host that no Ingress names.
 */
final class Answerer implements Controller<String>, AutoCloseable {
    private static final Logger LOG = System.getLogger(Answerer.class.getName());
    private static final String ALL = "addresses";

    private final Routes routes;
    private final Solvers solvers;
    private final Certificates certificates;
    private final int plainPort;
    private final int securePort;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<InetSocketAddress, HttpServer> servers = new HashMap<>();
    private final Set<InetSocketAddress> refused = new HashSet<>();

    Answerer(Routes routes, Solvers solvers, Certificates certificates, int plainPort, int securePort) {
        this.routes = routes;
        this.solvers = solvers;
        this.certificates = certificates;
        this.plainPort = plainPort;
        this.securePort = securePort;
    }

    @Override
    public String name() {
        return "ingress-controller";
    }

    @Override
    public void watch(Loop<String> loop) {
        routes.onChange(() -> loop.add(ALL));
    }

    @Override
    public synchronized void reconcile(String key, Loop<String> loop) {
        var wanted = new HashSet<InetSocketAddress>();
        for (var address : routes.addresses()) {
            wanted.add(new InetSocketAddress(address, plainPort));
            wanted.add(new InetSocketAddress(address, securePort));
        }
        servers.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().stop(0);
            return true;
        });
        wanted.stream().filter(address -> !servers.containsKey(address)).forEach(this::open);
    }

    private void open(InetSocketAddress address) {
        try {
            var server = address.getPort() == securePort ? secure(address) : HttpServer.create(address, 0);
            server.setExecutor(executor);
            server.createContext("/", exchange -> answer(exchange, address.getAddress()));
            server.start();
            servers.put(address, server);
        } catch (IOException e) {
            if (refused.add(address)) {
                LOG.log(Level.WARNING, "Nothing answers at {0}: {1}", address, e.getMessage());
            }
        }
    }

    private HttpServer secure(InetSocketAddress address) throws IOException {
        var server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(certificates.serving(address.getAddress().getHostAddress())));
        return server;
    }

    private void answer(HttpExchange exchange, InetAddress address) throws IOException {
        try (exchange) {
            var given = exchange.getRequestHeaders().getFirst("Host");
            var host = given == null ? "" : given.replaceAll(":[0-9]+$", "");
            var path = exchange.getRequestURI().getPath();
            var backend = routes.backend(address.getHostAddress(), host, path);
            var key =
                    backend.filter(Routes.Backend::isReady).flatMap(found -> solvers.key(found.service(), host, path));
            var body = Json.object("host", host, "path", path);
            backend.ifPresent(
                    found -> body.put("service", found.service().toString()).put("ready", found.isReady()));
            var bytes =
                    key.map(text -> text.getBytes(StandardCharsets.US_ASCII)).orElseGet(() -> Json.bytes(body));
            exchange.getResponseHeaders().set("Content-Type", key.isPresent() ? "text/plain" : "application/json");
            var isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(
                    backend.map(found -> found.isReady() ? 200 : 503).orElse(404), isHead ? -1 : bytes.length);
            if (!isHead) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public synchronized void close() {
        servers.values().forEach(server -> server.stop(0));
        servers.clear();
        executor.shutdownNow();
    }
}
