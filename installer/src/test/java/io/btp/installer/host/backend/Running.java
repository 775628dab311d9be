package io.btp.installer.host.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that runs as a process of the test, in a folder of its own, and listens on loopback. */
final class Running implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    /** Tells whether a server can be used. */
    @FunctionalInterface
    interface Ready {
        boolean look() throws IOException, InterruptedException;
    }

    private final Process process;
    private final Path folder;
    private final Path log;

    private Running(Process process, Path folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /** Gives a port that is free now. */
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts a server and waits until it listens. */
    static Running start(Path folder, int port, List<String> command) throws IOException, InterruptedException {
        return start(folder, START, () -> listens(port), command);
    }

    /** Starts a server and waits until it is ready. */
    static Running start(Path folder, Duration patience, Ready ready, List<String> command)
            throws IOException, InterruptedException {
        var log = folder.resolve("server.log");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var running = new Running(process, folder, log);
        running.until(ready, Instant.now().plus(patience));
        return running;
    }

    /** Runs a program to its end. */
    static void toTheEnd(Path folder, String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(List.of(arguments));
        var log = Files.createTempFile("btp-program", ".log");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException(command + ": " + Files.readString(log));
        }
        Files.delete(log);
    }

    private void until(Ready ready, Instant end) throws IOException, InterruptedException {
        while (!ready.look()) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                var words = Files.readString(log);
                close();
                throw new IllegalStateException("The server does not start: " + words);
            }
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Stops it and removes its folder. */
    @Override
    public void close() {
        try {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            remove(folder);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException kept) {
            throw new UncheckedIOException(kept);
        }
    }

    static void remove(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
