package io.btp.installer.simulator.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The folder that several processes share: a lock for the one that serves, and a file that tells the others where. */
record Folder(Path path) {
    private static final String ADDRESS = "server.json";
    private static final int ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final SecureRandom RANDOM = new SecureRandom();

    record Address(int port, String token, Identity identity) {
        URI server() {
            return URI.create("https://127.0.0.1:" + port);
        }

        @Override
        public String toString() {
            return server().toString();
        }
    }

    /** The lock, as long as it is held. */
    record Hold(FileChannel channel, FileLock lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            lock.release();
            channel.close();
        }
    }

    static Folder at(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return new Folder(path);
    }

    /** Takes the lock; empty where another process, or another opener in this one, has it. */
    Optional<Hold> hold() throws IOException {
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Hold(channel, lock));
            }
        } catch (OverlappingFileLockException own) {
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    static String freshToken() {
        var bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Gives the address that was announced last; its server may be gone. */
    Optional<Address> address() throws IOException {
        var file = path.resolve(ADDRESS);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var text = Nodes.read(Files.readAllBytes(file));
            var identity = new Identity(decoded(text, "certificate"), decoded(text, "key"));
            return Optional.of(new Address(text.path("port").asInt(0), Nodes.string(text, "token"), identity))
                    .filter(address -> !address.token().isEmpty() && identity.key().length > 0);
        } catch (JacksonException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(JsonNode text, String field) {
        return Base64.getDecoder().decode(Nodes.string(text, field));
    }

    void announce(Address address) throws IOException {
        var draft = path.resolve(ADDRESS + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var text = Nodes.object().put("port", address.port()).put("token", address.token());
        text.put(
                "certificate",
                Base64.getEncoder().encodeToString(address.identity().certificate()));
        text.put("key", Base64.getEncoder().encodeToString(address.identity().key()));
        Files.writeString(draft, Nodes.write(text), StandardCharsets.UTF_8);
        Files.move(draft, path.resolve(ADDRESS), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Waits until the process that holds the lock answers; empty where the lock came free meanwhile.
     *
     * @throws IOException if it does not answer in a few seconds
     */
    Optional<Address> awaitAddress() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var address = address();
            if (address.isPresent() && answers(address.get())) {
                return address;
            }
            var free = hold();
            if (free.isPresent()) {
                free.get().close();
                return Optional.empty();
            }
            // The other process tells nobody when it is ready: asking again is the only way.
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the sandbox was starting");
            }
        }
        throw new IOException("%s is in use by a process that does not answer: end that process".formatted(path));
    }

    private static boolean answers(Address address) throws InterruptedException {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(1))
                .sslContext(address.identity().trusting())
                .build()) {
            var request = HttpRequest.newBuilder(address.server().resolve("/version"))
                    .header("Authorization", "Bearer " + address.token())
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException silent) {
            return false;
        }
    }
}
