package io.btp.installer.engine;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a run to end. The first request lets changes in flight finish and abandons waits; the second stops everything
 * now. Both leave a run that can be resumed.
 */
public final class Stop {
    /** How urgently. */
    public enum Level {
        /** Not at all. */
        NONE,
        /** Finish changes in flight. */
        SOFT,
        /** Now. */
        HARD
    }

    private static final Logger LOG = LoggerFactory.getLogger(Stop.class);

    private final Map<Thread, Boolean> threads = new HashMap<>();
    private Level level = Level.NONE;

    /** Asks once more. Gives the level that holds from now on. */
    public synchronized Level request() {
        level = level == Level.NONE ? Level.SOFT : Level.HARD;
        threads.forEach((thread, abandonable) -> {
            if (abandonable || level == Level.HARD) {
                thread.interrupt();
            }
        });
        return level;
    }

    /** Says how urgently an end was asked for. */
    public synchronized Level level() {
        return level;
    }

    /** Code that may be interrupted. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws InterruptedException;
    }

    /** Runs a wait: it is abandoned at the first request, and does not begin after one. */
    public <T> T abandonable(Work<T> work) throws InterruptedException {
        return within(true, work);
    }

    /** Runs a change: it does not begin after a request, and is stopped only by the second. */
    <T> T change(Work<T> work) throws InterruptedException {
        return within(false, work);
    }

    private <T> T within(boolean abandonable, Work<T> work) throws InterruptedException {
        enter(abandonable);
        try {
            return work.run();
        } finally {
            leave();
        }
    }

    private synchronized void enter(boolean abandonable) throws InterruptedException {
        if (level != Level.NONE) {
            throw new InterruptedException("the run was asked to stop");
        }
        threads.put(Thread.currentThread(), abandonable);
    }

    /** A request that came when the work was done must not reach what has to be closed afterwards, as the lock. */
    private synchronized void leave() {
        threads.remove(Thread.currentThread());
        if (level != Level.NONE && Thread.interrupted()) {
            LOG.debug("the work was done before it was stopped");
        }
    }
}
