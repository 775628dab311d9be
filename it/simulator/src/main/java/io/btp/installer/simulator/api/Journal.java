package io.btp.installer.simulator.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of JSON lines that only grows, and is written anew from time to time. The first line names its format; a last
 * line without its end was never confirmed to anybody and is dropped.
 */
final class Journal implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final String NAME = "objects.jsonl";

    private final Path file;
    private final ReentrantLock syncing = new ReentrantLock();
    private final AtomicLong written = new AtomicLong();
    private volatile Optional<Refusal> failure = Optional.empty();
    private long synced;
    private FileChannel channel;

    private Journal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** What was in the file, and the journal to go on with. */
    record Opened(Journal journal, List<ObjectNode> lines) {}

    static Opened open(Path folder) throws IOException {
        var file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            replace(file, Stream.empty());
        }
        var lines = read(file);
        return new Opened(new Journal(file, append(file)), lines);
    }

    private static List<ObjectNode> read(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        var lines = new ArrayList<ObjectNode>();
        int start = 0;
        for (int end = 0, number = 1; end < bytes.length; end++) {
            if (bytes[end] != '\n') {
                continue;
            }
            var text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            var line = parse(file, number, text);
            if (number == 1 && line.path("format").asInt(0) != FORMAT) {
                throw new IOException(
                        "%s line 1: the store has format %s, expected %d: use the program that wrote it, or another folder"
                                .formatted(file, line.path("format"), FORMAT));
            }
            if (number > 1) {
                lines.add(line);
            }
            number++;
            start = end + 1;
        }
        if (start == 0) {
            throw new IOException(
                    "%s line 1: the store has no line that names its format: move the file away to start with an empty store"
                            .formatted(file));
        }
        if (start < bytes.length) {
            try (var tail = FileChannel.open(file, StandardOpenOption.WRITE)) {
                tail.truncate(start);
                tail.force(true);
            }
        }
        return lines;
    }

    private static ObjectNode parse(Path file, int number, String text) throws IOException {
        try {
            if (Nodes.read(text) instanceof ObjectNode line) {
                return line;
            }
        } catch (JacksonException damaged) {
            throw new IOException(damage(file, number), damaged);
        }
        throw new IOException(damage(file, number));
    }

    private static String damage(Path file, int number) {
        return "%s line %d is damaged, expected a JSON object: restore the file, or move it away to start with an empty store"
                .formatted(file, number);
    }

    /** Appends a line; it is safe after the next {@link #sync}. Called by one thread at a time. */
    void append(JsonNode line) {
        try {
            write(channel, line);
            written.incrementAndGet();
        } catch (IOException full) {
            throw fail(full);
        }
    }

    private Refusal fail(IOException why) {
        var refusal = Refusal.of(
                500,
                "InternalError",
                "Internal error occurred: %s cannot be written (%s), so nothing more is served: mend the disk and start again"
                        .formatted(file, why));
        failure = Optional.of(refusal);
        return refusal;
    }

    /** Refuses once a write has failed: what is in memory may be more than what is on disk. */
    void requireSound() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    long written() {
        return written.get();
    }

    /** Returns when all that was appended so far is on disk; threads that come at once share one round. */
    void sync() {
        long wanted = written.get();
        syncing.lock();
        try {
            requireSound();
            if (synced < wanted) {
                long now = written.get();
                channel.force(false);
                synced = now;
            }
        } catch (IOException lost) {
            throw fail(lost);
        } finally {
            syncing.unlock();
        }
    }

    /** Writes the file anew with these lines only. Called by the thread that appends. */
    void rewrite(Stream<ObjectNode> lines) {
        syncing.lock();
        try {
            replace(file, lines);
            channel.close();
            channel = append(file);
            synced = written.get();
        } catch (IOException full) {
            throw fail(full);
        } finally {
            syncing.unlock();
        }
    }

    private static void replace(Path file, Stream<ObjectNode> lines) throws IOException {
        var draft = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            write(out, Nodes.object().put("format", FORMAT));
            var all = lines.iterator();
            while (all.hasNext()) {
                write(out, all.next());
            }
            out.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void write(FileChannel out, JsonNode line) throws IOException {
        var buffer = ByteBuffer.wrap((Nodes.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException {
        syncing.lock();
        try {
            if (channel.isOpen()) {
                channel.force(false);
                channel.close();
            }
        } finally {
            syncing.unlock();
        }
    }
}
