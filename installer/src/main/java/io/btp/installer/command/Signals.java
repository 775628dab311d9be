package io.btp.installer.command;

import io.btp.installer.engine.ExitCode;
import io.btp.installer.engine.Stop;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import sun.misc.Signal;

/**
 * Turns the system's wish that the program ends into a request to stop: the first finishes what is in flight, the second
 * stops now.
 */
final class Signals {
    private final Stop stop;
    private final RunListener listener;
    private final AtomicReference<Runnable> abort = new AtomicReference<>(() -> {});
    private final AtomicInteger code = new AtomicInteger(ExitCode.INTERRUPTED);

    private Signals(Stop stop, RunListener listener) {
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * Listens from now on.
     *
     * @param listener tells the user
     */
    static Signals listen(Stop stop, RunListener listener) {
        var signals = new Signals(stop, listener);
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
            case SOFT -> say("Stopping: finishing what is in flight. Once more stops now");
            case HARD -> {
                say("Stopping now");
                abort.get().run();
                Thread.ofPlatform().daemon().name("stopping").start(() -> Hanging.haltAfter(listener, exitCode));
            }
            case NONE -> throw new IllegalStateException("a request is never without effect");
        }
    }

    private void say(String words) {
        listener.on(new RunEvent.Said(true, words));
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
