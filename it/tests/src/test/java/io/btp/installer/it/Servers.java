package io.btp.installer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Servers that a test starts itself. One that is not installed is told on standard error, and with {@code CI=true} it is a
 * failure; what served is noted as other back ends are.
 */
public final class Servers {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();

    private Servers() {}

    /** Gives where {@code it/servers/prepare} puts what is no package of the distribution. */
    public static Path prepared() {
        return Optional.ofNullable(System.getenv("BTP_IT_SERVERS"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "btp-it-servers"));
    }

    /** Gives the program of a server; ends the test where there is none. */
    public static Path program(String name, String remedy, Path... places) {
        return find(name, places).orElseGet(() -> missing(name, remedy));
    }

    /** Gives the program of a server, if it is there. */
    public static Optional<Path> find(String name, Path... places) {
        var found = List.of(places).stream().filter(Files::isExecutable).findFirst();
        found.ifPresent(path -> noted(name, path.toString()));
        return found;
    }

    private static Path missing(String name, String remedy) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("With CI=true every back end has to be there; missing is " + name + ": " + remedy);
        }
        System.err.println("BACK END MISSING, tests not run: " + name + ": " + remedy);
        noted(name, "MISSING, tests not run");
        return Assumptions.abort(name + " is missing: " + remedy);
    }

    private static void noted(String name, String what) {
        if (NOTED.add(name + what)) {
            var line = "%-15s %s%n".formatted(name, what);
            System.out.print("back end: " + line);
            Optional.ofNullable(System.getenv("BTP_IT_BACKENDS")).ifPresent(file -> append(Path.of(file), line));
        }
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a port that is free now. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts one in this environment and nothing of the test's own, its words in a file. */
    public static Process start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "LANG"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits until it listens; ends it where it does not start. */
    public static void untilItListens(Process process, int port, Path log) throws IOException, InterruptedException {
        var end = Instant.now().plus(START);
        while (!listens(port)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
                stop(process);
                throw new IllegalStateException("The server does not start: " + Files.readString(log));
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

    public static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
