package io.btp.installer.host.helm.worker;

import java.time.Duration;
import java.time.Instant;

/**
 * How much longer an order may be worked on. Judged by two clocks: one stands still while the machine sleeps, the other
 * may be set.
 */
final class Permit {
    private static final long LOOK_MILLIS = 200;

    private long untilNanos;
    private Instant until = Instant.MAX;
    private boolean works;

    /** Sets what is left from now on. */
    synchronized void extend(Duration left) {
        untilNanos = System.nanoTime() + left.toNanos();
        until = Instant.now().plus(left);
    }

    /** An order begins. */
    synchronized void begin() {
        works = true;
        notifyAll();
    }

    /** The order is done. */
    synchronized void end() {
        works = false;
    }

    /** Returns when nothing is left within an order. */
    synchronized void awaitEnd() throws InterruptedException {
        while (!works || !isOver()) {
            wait(works ? LOOK_MILLIS : 0);
        }
    }

    private boolean isOver() {
        return System.nanoTime() - untilNanos > 0 || Instant.now().isAfter(until);
    }
}
