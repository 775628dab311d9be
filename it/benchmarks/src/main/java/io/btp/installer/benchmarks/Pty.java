package io.btp.installer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command on a pseudo-terminal of its own ({@code script}), whose output is noted with the time of its arrival. */
final class Pty implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final long begin = System.nanoTime();
    private final StringBuilder output = new StringBuilder();
    private long arrived;

    /**
     * Runs it.
     *
     * @param command for the shell
     */
    Pty(Path folder, Map<String, String> variables, int columns, int rows, String command) throws IOException {
        var builder = new ProcessBuilder(
                        "script",
                        "--quiet",
                        "--return",
                        "--flush",
                        "--command",
                        "stty cols %d rows %d; %s".formatted(columns, rows, command),
                        "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(variables);
        builder.environment().putAll(Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8", "SHELL", "/bin/bash"));
        process = builder.start();
        Thread.ofPlatform().daemon().start(this::watch);
    }

    /** Every byte is a character here: only ASCII is looked for, and bytes are counted. */
    private void watch() {
        var bytes = new byte[1 << 16];
        try (var stream = process.getInputStream()) {
            for (int count = stream.read(bytes); count >= 0; count = stream.read(bytes)) {
                synchronized (output) {
                    output.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
                    arrived = System.nanoTime();
                    output.notifyAll();
                }
            }
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    /** Gives how many bytes have arrived. */
    int bytes() {
        synchronized (output) {
            return output.length();
        }
    }

    /** Waits for words after so many bytes. Gives the milliseconds from a moment until they arrived. */
    double await(String words, int from, long since) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (output) {
            while (output.indexOf(words, from) < 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !process.isAlive() && output.indexOf(words, from) < 0) {
                    throw new IllegalStateException("no \"%s\" in: %s".formatted(words, output.substring(from)));
                }
                TimeUnit.NANOSECONDS.timedWait(output, Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            }
            return (arrived - since) / 1e6;
        }
    }

    /** Waits for words. Gives the milliseconds from the start of the command until they arrived. */
    double await(String words) throws InterruptedException {
        return await(words, 0, begin);
    }

    /** Types, and gives the moment. */
    long type(String keys) throws IOException {
        long now = System.nanoTime();
        process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return now;
    }

    /** Waits for the end. Gives everything that was printed. */
    String end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running: " + output);
        }
        synchronized (output) {
            return output.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        var all = process.descendants().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }

    /** Names variables that every command needs. */
    static Map<String, String> variables(Path folder) {
        return Map.of(
                "HOME", folder.toString(),
                "BTP_STATE_DIR", folder.resolve("state").toString(),
                "JAVA_HOME", System.getProperty("java.home"));
    }

    /** Quotes words for the shell. */
    static String quoted(List<String> words) {
        return "'" + String.join("' '", words) + "'";
    }
}
