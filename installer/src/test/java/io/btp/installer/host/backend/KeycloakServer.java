package io.btp.installer.host.backend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keycloak with the realm {@code acme} of {@code it/servers/keycloak}, on a copy of the database that {@code
 * it/servers/prepare} made. It speaks HTTPS and calls itself by the name that it is asked by.
 */
public final class KeycloakServer implements AutoCloseable {
    /** The secret of every client of the realm. */
    public static final String CLIENT_SECRET = "canary-client-secret";

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Running running;
    private final int port;

    private KeycloakServer(Running running, int port) {
        this.running = running;
        this.port = port;
    }

    /** Starts one. */
    public static KeycloakServer start(Certificates.Certificate certificate) throws IOException, InterruptedException {
        var prepared = Servers.folder("Keycloak", "keycloak", "home").resolveSibling("database");
        var home = prepared.resolveSibling("home");
        var folder = Files.createTempDirectory("btp-keycloak");
        Files.copy(prepared.resolve("keycloakdb.mv.db"), folder.resolve("keycloakdb.mv.db"));
        int port = Running.freePort();
        int management = Running.freePort();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Djava.io.tmpdir=" + folder,
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                "start",
                "--optimized",
                "--db-url=jdbc:h2:file:" + folder.resolve("keycloakdb") + ";NON_KEYWORDS=VALUE",
                "--hostname-strict=false",
                "--http-host=127.0.0.1",
                "--http-enabled=false",
                "--https-port=" + port,
                "--https-certificate-file=" + certificate.certificate(),
                "--https-certificate-key-file=" + certificate.key(),
                "--http-management-scheme=http",
                "--http-management-host=127.0.0.1",
                "--http-management-port=" + management));
        var health = URI.create("http://127.0.0.1:%d/health/ready".formatted(management));
        return new KeycloakServer(Running.start(folder, PATIENCE, () -> isReady(health), command), port);
    }

    // It listens long before it can be used.
    private static boolean isReady(URI health) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Gives its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Gives the issuer as who asks for this host name sees it. */
    public URI issuer(String host) {
        return URI.create("https://%s:%d/realms/acme".formatted(host, port));
    }

    @Override
    public void close() {
        running.close();
    }
}
