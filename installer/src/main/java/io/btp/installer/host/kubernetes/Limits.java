package io.btp.installer.host.kubernetes;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How long and how often a request is tried.
 *
 * @param connect how long a connection may take to come about
 * @param answer how long one answer may take
 * @param attempts how often a request is sent at most
 * @param backOff pause after the first failure; doubles with each
 * @param pause waits between two attempts
 */
public record Limits(Duration connect, Duration answer, int attempts, Duration backOff, Pause pause) {
    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        /** Returns after this time; interruption ends it at once. */
        void between(Duration time) throws InterruptedException;
    }

    /** Gives what suits a cluster that people work with. */
    public static Limits usual() {
        return new Limits(
                Duration.ofSeconds(10), Duration.ofSeconds(30), 5, Duration.ofMillis(250), Limits::untilItPasses);
    }

    /** Tries once only. */
    public Limits once() {
        return new Limits(connect, answer, 1, backOff, pause);
    }

    private static void untilItPasses(Duration time) throws InterruptedException {
        var never = new Semaphore(0);
        if (never.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody releases this semaphore");
        }
    }
}
