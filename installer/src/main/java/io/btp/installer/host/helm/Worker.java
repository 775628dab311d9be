package io.btp.installer.host.helm;

import io.btp.installer.host.helm.worker.KeptLibrary;
import io.btp.installer.host.helm.worker.Order;
import io.btp.installer.host.helm.worker.Reply;
import io.btp.installer.host.helm.worker.WorkerMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** One worker process. Serves one order at a time; its owner sees to that. */
final class Worker implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /**
     * What a terminal sends to all processes at once is for the program to decide upon: it lets a call finish, or ends
     * it. A session of its own keeps a worker out of it; until it has that, it does not listen.
     */
    private static final String APART =
            "trap '' INT HUP TERM;" + " command -v setsid >/dev/null && exec setsid \"$0\" \"$@\"; exec \"$0\" \"$@\"";

    private static final int LAST_LINES = 20;
    private static final int LONGEST_LINE = 64 * 1024 * 1024;

    private final Process process;
    private final Path confidential;
    private final Path large;
    private final LinkedBlockingQueue<CompletableFuture<Reply>> waiting = new LinkedBlockingQueue<>();
    private final Deque<String> errors = new ArrayDeque<>();

    private Worker(Process process, Path confidential, Path large) {
        this.process = process;
        this.confidential = confidential;
        this.large = large;
    }

    static Worker start(HelmRuntime runtime, PrivateFolders folders) {
        var confidential = folders.confidential();
        var large = folders.large();
        var builder = new ProcessBuilder(
                "/bin/sh",
                "-c",
                APART,
                runtime.java().toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
                "-Djava.io.tmpdir=" + large,
                "-D" + KeptLibrary.FOLDER + "=" + runtime.libraries(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-Xmx256m",
                "-cp",
                runtime.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                WorkerMain.class.getName(),
                confidential.toString());
        builder.environment().clear();
        builder.environment().putAll(environment(confidential, large));
        try {
            var worker = new Worker(builder.start(), confidential, large);
            // A virtual thread that reads a pipe may keep its carrier: two readers stop everything else on two
            // processors.
            Thread.ofPlatform().daemon().name("helm-replies").start(worker::readReplies);
            Thread.ofPlatform().daemon().name("helm-errors").start(worker::readErrors);
            return worker;
        } catch (IOException cannotStart) {
            PrivateFolders.remove(confidential);
            PrivateFolders.remove(large);
            throw new UncheckedIOException("The Helm worker cannot be started", cannotStart);
        }
    }

    /** All that a worker knows of its surroundings: nothing of the user's Helm, nothing of their kubeconfig. */
    private static Map<String, String> environment(Path confidential, Path large) {
        return Map.of(
                "LANG", "C.UTF-8",
                "HOME", large.toString(),
                "TMPDIR", large.toString(),
                "KUBECONFIG", confidential.resolve("none").toString(),
                "HELM_CONFIG_HOME", large.resolve("config").toString(),
                "HELM_CACHE_HOME", large.resolve("cache").toString(),
                "HELM_DATA_HOME", large.resolve("data").toString(),
                "HELM_REGISTRY_CONFIG", confidential.resolve("registry.json").toString());
    }

    /** Says how much longer it may work: it ends by itself then, also where nobody is there any more to end it. */
    void permit(Duration left) {
        try {
            write(Long.toString(left.toMillis()));
        } catch (IOException ended) {
            keep("(it is not there to be told how long it may work: " + ended.getMessage() + ")");
        }
    }

    private void write(String line) throws IOException {
        var output = process.getOutputStream();
        output.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        output.flush();
    }

    /** Hands over an order. The reply fails exceptionally when the worker ends before it has answered. */
    CompletableFuture<Reply> submit(Order order) {
        var reply = new CompletableFuture<Reply>();
        waiting.add(reply);
        try {
            write(MAPPER.writeValueAsString(order));
        } catch (IOException ended) {
            reply.completeExceptionally(ended);
        }
        if (!isAlive()) {
            reply.completeExceptionally(new IOException("the worker has ended"));
        }
        return reply;
    }

    private void readReplies() {
        var cause = "the worker has ended";
        try (var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
            for (var line = line(reader); !line.isEmpty(); line = line(reader)) {
                var reply = waiting.poll();
                if (reply != null) {
                    reply.complete(MAPPER.readValue(line, Reply.class));
                }
            }
        } catch (IOException | tools.jackson.core.JacksonException unreadable) {
            cause = "the worker's answer cannot be read: " + unreadable.getMessage();
        }
        kill();
        for (var reply = waiting.poll(); reply != null; reply = waiting.poll()) {
            reply.completeExceptionally(new IOException(cause));
        }
    }

    /** Reads a line; empty at the end. */
    private static String line(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        for (int next = reader.read(); next >= 0 && next != '\n'; next = reader.read()) {
            line.append((char) next);
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " characters");
            }
        }
        return line.toString();
    }

    private void readErrors() {
        try (var reader = process.errorReader(StandardCharsets.UTF_8)) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                keep(line);
            }
        } catch (IOException ended) {
            keep("(standard error broke: " + ended.getMessage() + ")");
        }
    }

    private void keep(String line) {
        synchronized (errors) {
            errors.add(line);
            if (errors.size() > LAST_LINES) {
                errors.removeFirst();
            }
        }
    }

    /** Gives the last lines of standard error, whole, so that values in them are recognised; may hold values. */
    List<String> lastErrors() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    /** Asks the system: the process itself learns of its end a little after others do. */
    boolean isAlive() {
        return process.toHandle().isAlive();
    }

    /** Ends the process at once, whatever it does. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        var gone = process.onExit().orTimeout(5, TimeUnit.SECONDS).handle((ended, late) -> ended != null);
        gone.join();
        PrivateFolders.remove(confidential);
        PrivateFolders.remove(large);
    }
}
