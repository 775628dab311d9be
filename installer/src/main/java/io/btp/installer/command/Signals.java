package io.btp.installer.command;

import io.btp.installer.engine.ExitCode;
import io.btp.installer.engine.Stop;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import sun.misc.Signal;

/**
 * Turns the system's wish that the program ends into a request to stop: the first finishes what is in flight, the second
 * stops now.
 */
final class Signals {
    private final Stop stop;
    private final Consumer<String> words;
    private final Runnable abort;
    private final AtomicInteger code = new AtomicInteger(ExitCode.INTERRUPTED);

    private Signals(Stop stop, Consumer<String> words, Runnable abort) {
        this.stop = stop;
        this.words = words;
        this.abort = abort;
    }

    /**
     * Listens from now on.
     *
     * @param words says something to the user
     * @param abort ends calls in flight
     */
    static Signals listen(Stop stop, Consumer<String> words, Runnable abort) {
        var signals = new Signals(stop, words, abort);
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
                abort.run();
            }
            case NONE -> throw new IllegalStateException("a request is never without effect");
        }
    }

    /** Gives the exit code of a run that was stopped. */
    int exitCode() {
        return code.get();
    }
}
