package io.btp.installer.it.proof;

import io.btp.installer.it.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** A run of the program that goes on while a test does something else, and stands still (SIGSTOP) where the test says. */
final class LiveRun {
    private static final long LONGEST_MINUTES = 6;

    private final CompletableFuture<Process> process = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> stopped = new CompletableFuture<>();
    private final CompletableFuture<Program.Result> result = new CompletableFuture<>();
    private final Predicate<JsonNode> place;

    private LiveRun(Predicate<JsonNode> place) {
        this.place = place;
    }

    /**
     * Starts a run.
     *
     * @param place the event of {@code --output json} at which it stands still, if it comes to it
     * @param run runs the program
     */
    static LiveRun start(Predicate<JsonNode> place, Function<Program.Watcher, Program.Result> run) {
        var live = new LiveRun(place);
        Thread.ofVirtual().start(() -> {
            try {
                live.result.complete(run.apply(live::watch));
            } catch (RuntimeException | AssertionError failed) {
                live.result.completeExceptionally(failed);
            }
        });
        return live;
    }

    private java.util.function.Consumer<JsonNode> watch(Process started) {
        process.complete(started);
        return event -> {
            if (!stopped.isDone() && place.test(event)) {
                signal("STOP");
                stopped.complete(event);
            }
        };
    }

    /** Waits until it stands still or has ended. Tells whether it stands still. */
    boolean standsStill() {
        awaited(CompletableFuture.anyOf(stopped, result));
        return stopped.isDone() && !result.isDone();
    }

    /** Waits for its end. */
    Program.Result end() {
        return awaited(result);
    }

    private static <T> T awaited(CompletableFuture<T> future) {
        try {
            return future.orTimeout(LONGEST_MINUTES, TimeUnit.MINUTES).join();
        } catch (CompletionException failed) {
            throw new AssertionError(failed.getCause());
        }
    }

    void goOn() {
        signal("CONT");
    }

    void kill() {
        handle().destroyForcibly();
        end();
    }

    /** Sends a signal by its name to this process, and to no other. */
    void signal(String name) {
        signal(name, pid());
    }

    static void signal(String name, long pid) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid)
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("tests are not interrupted", e);
        }
    }

    long pid() {
        return handle().pid();
    }

    private ProcessHandle handle() {
        return awaited(process).toHandle();
    }

    /** Gives the processes that it has started: Helm's workers. */
    List<ProcessHandle> workers() {
        return handle().descendants().toList();
    }
}
