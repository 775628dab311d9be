package io.btp.installer.host.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Redis of the distribution, with a folder of its own and nothing saved. */
public final class RedisServer implements AutoCloseable {
    private final Running running;
    private final int port;

    private RedisServer(Running running, int port) {
        this.running = running;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param certificate makes it speak TLS, and TLS only
     * @param settings lines of {@code redis.conf}
     */
    public static RedisServer start(Optional<Certificates.Certificate> certificate, String... settings)
            throws IOException, InterruptedException {
        var program = Backend.program("redis-server", "/usr/bin/redis-server", "/usr/local/bin/redis-server");
        var folder = Files.createTempDirectory("btp-redis");
        int port = Running.freePort();
        var lines = new ArrayList<>(List.of("bind 127.0.0.1", "save \"\"", "dir " + folder, "daemonize no"));
        if (certificate.isPresent()) {
            lines.addAll(List.of(
                    "port 0",
                    "tls-port " + port,
                    "tls-cert-file " + certificate.get().certificate(),
                    "tls-key-file " + certificate.get().key(),
                    "tls-ca-cert-file " + certificate.get().certificate(),
                    "tls-auth-clients no"));
        } else {
            lines.add("port " + port);
        }
        lines.addAll(List.of(settings));
        var file = folder.resolve("redis.conf");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return new RedisServer(Running.start(folder, port, List.of(program.toString(), file.toString())), port);
    }

    /** Gives its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        running.close();
    }
}
