package io.btp.installer.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Looks all the time at the command lines of this machine's processes, which everybody can read, for secrets. */
public final class CommandLines implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;

    private final List<String> secrets;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final java.util.concurrent.CountDownLatch stopped = new java.util.concurrent.CountDownLatch(1);

    public CommandLines(String... secrets) {
        this.secrets = List.of(secrets);
        this.thread = Thread.ofPlatform().start(this::watch);
    }

    private void watch() {
        try {
            do {
                look();
            } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                var line = read(process.resolve("cmdline"));
                if (secrets.stream().anyMatch(line::contains)) {
                    seen.add(line.replace('\0', ' '));
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException("/proc can be read on Linux", unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Gives the command lines that held one. */
    public Set<String> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
