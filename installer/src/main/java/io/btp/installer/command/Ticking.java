package io.btp.installer.command;

import io.btp.installer.engine.Pace;
import io.btp.installer.event.RunListener;
import java.time.Duration;

/** Lets a listener hear that time passes, until it is closed. */
final class Ticking implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Thread thread;

    private Ticking(Thread thread) {
        this.thread = thread;
    }

    static Ticking start(Pace pace, RunListener listener) {
        return new Ticking(Thread.ofVirtual().name("ticking").start(() -> tick(pace, listener)));
    }

    private static void tick(Pace pace, RunListener listener) {
        try {
            while (true) {
                pace.pause(PERIOD);
                listener.tick();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
