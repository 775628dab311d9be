package io.btp.installer.it;

import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Pem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Pebble, Let's Encrypt's own ACME directory for tests. It asks for challenges on the real ports. */
final class Pebble implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final int port;
    private final int management;

    private Pebble(Process process, Path folder, int port, int management) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.management = management;
    }

    /**
     * Starts one.
     *
     * @param nameServer whom it asks for addresses and texts
     * @param blocked names that it signs for nobody; with two labels, as it fails on names with fewer labels than these
     */
    static Pebble start(Path folder, String nameServer, String... blocked)
            throws IOException, InterruptedException, GeneralSecurityException {
        var program = Servers.program(
                "Pebble",
                "it/servers/prepare installs it",
                Path.of("/usr/bin/pebble"),
                Path.of("/usr/local/bin/pebble"));
        var identity = Identity.selfSigned(Instant.now(), List.of("127.0.0.1"));
        Files.writeString(folder.resolve("directory.pem"), identity.certificates());
        Files.writeString(
                folder.resolve("directory.key"),
                Pem.text("PRIVATE KEY", identity.key().getEncoded()));
        int port = Servers.freePort();
        int management = Servers.freePort();
        Files.writeString(folder.resolve("pebble.json"), """
                {"pebble": {
                  "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                  "certificate": "%s/directory.pem", "privateKey": "%3$s/directory.key",
                  "httpPort": 80, "tlsPort": 443, "ocspResponderURL": "", "externalAccountBindingRequired": false,
                  "domainBlocklist": [%s]
                }}
                """.formatted(
                        port,
                        management,
                        folder,
                        Stream.of(blocked).map(name -> '"' + name + '"').collect(Collectors.joining(", "))));
        var log = folder.resolve("pebble.log");
        var process = Servers.start(
                log,
                Map.of("PEBBLE_VA_NOSLEEP", "1", "PEBBLE_WFE_NONCEREJECT", "0"),
                List.of(
                        program.toString(),
                        "-config",
                        folder.resolve("pebble.json").toString(),
                        "-dnsserver",
                        nameServer));
        Servers.untilItListens(process, port, log);
        return new Pebble(process, folder, port, management);
    }

    String directory() {
        return "https://127.0.0.1:%d/dir".formatted(port);
    }

    /** Gives the file with what vouches for the directory itself. */
    Path directoryAuthority() {
        return folder.resolve("directory.pem");
    }

    /** Gives a file with the authority of what it signs. */
    Path root() throws IOException, InterruptedException, GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(Pem.trusted(Files.readString(directoryAuthority())));
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        var file = folder.resolve("root.pem");
        try (var client = HttpClient.newBuilder().sslContext(context).build()) {
            var address = URI.create("https://127.0.0.1:%d/roots/0".formatted(management));
            client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofFile(file));
        }
        return file;
    }

    @Override
    public void close() {
        Servers.stop(process);
    }
}
