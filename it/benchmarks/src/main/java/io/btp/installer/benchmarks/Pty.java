package io.btp.installer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program on the pseudo terminal of {@code script}, and somebody who looks at what arrives there and presses keys. */
final class Pty implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final double TICKS_PER_SECOND = 100;
    private static final String BEGUN = "begun ";

    private final Process process;
    private final StringBuilder arrived = new StringBuilder();
    private final long pid;
    private final long begun;
    private String awaited = BEGUN;
    private int from;
    private long found;
    private boolean isOver;

    /**
     * Starts a program.
     *
     * @param variables what it finds in its environment, beside the path
     */
    Pty(Path folder, Map<String, String> variables, int columns, int rows, String... command)
            throws IOException, InterruptedException {
        var words = Arrays.stream(command).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        var line = "stty cols %d rows %d; echo \"%s$$\"; exec %s".formatted(columns, rows, BEGUN, words);
        var builder = new ProcessBuilder(List.of("script", "-qfec", line, "/dev/null"))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(variables);
        builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm-256color", "SHELL", "/bin/sh"));
        this.process = builder.start();
        Thread.ofPlatform().daemon().name("terminal").start(this::read);
        this.begun = found();
        await("\n");
        this.pid = Long.parseLong(text().lines().findFirst().orElse("").replaceAll("\\D", ""));
    }

    private void read() {
        var buffer = new byte[1 << 16];
        try (var output = process.getInputStream()) {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                long now = System.nanoTime();
                synchronized (this) {
                    arrived.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                    look(now);
                }
            }
        } catch (IOException gone) {
            // What had arrived is kept.
        }
        synchronized (this) {
            isOver = true;
            notifyAll();
        }
    }

    private synchronized void look(long now) {
        int at = found == 0 ? arrived.indexOf(awaited, from) : -1;
        if (at >= 0) {
            from = at + awaited.length();
            found = now;
            notifyAll();
        }
    }

    private synchronized long found() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (found == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || isOver) {
                throw new IllegalStateException("no \"%s\" came after:%n%s".formatted(awaited, arrived));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return found;
    }

    private synchronized void expect(String words) {
        awaited = new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        found = 0;
    }

    /** Waits for words after those that were awaited last. Gives the milliseconds from the start of the program to them. */
    double await(String words) throws InterruptedException {
        expect(words);
        look(System.nanoTime());
        return (found() - begun) / 1e6;
    }

    /** Presses a key. Gives the milliseconds until words have come that were not there before. */
    double press(String key, String words) throws InterruptedException, IOException {
        expect(words);
        synchronized (this) {
            from = arrived.length();
        }
        long pressed = System.nanoTime();
        var keys = process.getOutputStream();
        keys.write(key.getBytes(StandardCharsets.US_ASCII));
        keys.flush();
        return (found() - pressed) / 1e6;
    }

    /** Gives how many bytes have come. */
    synchronized int bytes() {
        return arrived.length();
    }

    private synchronized String text() {
        return arrived.toString();
    }

    /** Gives the seconds of processor time that the program has used, which has to be there still. */
    double cpu() {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException ended) {
            throw new UncheckedIOException("the program ended before its time: " + text(), ended);
        }
    }

    /** Ends the program, if it has not ended. */
    @Override
    public void close() {
        var all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        all.forEach(one -> one.onExit().join());
        process.destroy();
        process.onExit().join();
    }
}
