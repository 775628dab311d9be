package io.btp.installer.simulator.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Where the API is and how to be let in.
 *
 * @param authority the certificate authority of an {@code https} server in PEM; without one the JDK's are trusted
 */
public record Connection(URI server, String token, Optional<String> authority) {
    private static final long LARGEST = 1 << 20;

    @Override
    public String toString() {
        return server.toString();
    }

    /**
     * Reads a kubeconfig in JSON (which is YAML too) whose first cluster and user have a server, a token and, for
     * {@code https}, certificate authority data.
     */
    public static Connection kubeconfig(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than a kubeconfig can be");
        }
        try {
            var config = Json.parse(Files.readAllBytes(file));
            var cluster = config.path("clusters").path(0).path("cluster");
            var authority = Json.text(cluster, "certificate-authority-data");
            var decoded = new String(Base64.getDecoder().decode(authority), java.nio.charset.StandardCharsets.US_ASCII);
            return new Connection(
                    URI.create(Json.text(cluster, "server")),
                    Json.text(config.path("users").path(0), "user", "token"),
                    authority.isEmpty() ? Optional.empty() : Optional.of(decoded));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(
                    file + " is not a kubeconfig in JSON with server, token and certificate authority", e);
        }
    }
}
