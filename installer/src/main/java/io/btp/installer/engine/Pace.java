package io.btp.installer.engine;

import java.time.Duration;

/** Time as the engine sees it: monotonic, and the only way to pause. */
public interface Pace {
    /** Gives the time since some fixed point, never going back. */
    Duration now();

    /** Pauses. */
    void pause(Duration duration) throws InterruptedException;

    /** The machine's own time. */
    static Pace real() {
        return new Pace() {
            @Override
            public Duration now() {
                return Duration.ofNanos(System.nanoTime());
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }
        };
    }
}
