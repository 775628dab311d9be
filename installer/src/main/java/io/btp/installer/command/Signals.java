package io.btp.installer.command;

import io.btp.installer.engine.ExitCode;
import io.btp.installer.engine.Stop;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * Turns the system's wish that the program ends into a request to stop: the first finishes what is in flight, the second
 * stops now.
 */
final class Signals {
    private final Stop stop;
    private final Consumer<String> words;
    private final AtomicReference<Runnable> abort = new AtomicReference<>(() -> {});
    private final AtomicInteger code = new AtomicInteger(ExitCode.INTERRUPTED);

    private Signals(Stop stop, Consumer<String> words) {
        this.stop = stop;
        this.words = words;
    }

    /**
     * Listens from now on.
     *
     * @param words says something to the user
     */
    static Signals listen(Stop stop, Consumer<String> words) {
        var signals = new Signals(stop, words);
        signals.on("INT", ExitCode.INTERRUPTED);
        signals.on("TERM", ExitCode.TERMINATED);
        signals.on("HUP", ExitCode.HUNG_UP);
        return signals;
    }

    private void on(String name, int exitCode) {
        Signal.handle(new Signal(name), signal -> request(exitCode));
    }

    private void request(int exitCode) {
        code.set(exitCode);
        switch (stop.request()) {
            case SOFT -> words.accept("Stopping: finishing what is in flight. Once more stops now");
            case HARD -> {
                words.accept("Stopping now");
                abort.get().run();
                Thread.ofPlatform().daemon().name("stopping").start(() -> Hanging.haltAfter(words, exitCode));
            }
            case NONE -> throw new IllegalStateException("a request is never without effect");
        }
    }

    /** Has calls in flight ended at the second request. */
    void abortBy(Runnable ending) {
        abort.set(ending);
    }

    /** Gives the exit code of a run: where it was interrupted, the one that names the signal. */
    int exitCode(int ended) {
        return ended == ExitCode.INTERRUPTED && stop.level() != Stop.Level.NONE ? code.get() : ended;
    }
}
