package io.btp.installer.host.tunnel;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what blocks on the network on a virtual thread of its own, whose sockets close when it is interrupted: so a limit
 * or an interruption ends it promptly, whatever the library below makes of interruptions.
 */
public final class Bounded {
    private Bounded() {}

    /** What is run. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws IOException, InterruptedException;
    }

    /**
     * Runs it.
     *
     * @throws SocketTimeoutException if it takes longer than the limit
     */
    public static <T> T call(Duration limit, Work<T> work) throws IOException, InterruptedException {
        var task = new FutureTask<T>(work::run);
        Thread.ofVirtual().name("btp-bounded").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            var timeout = new SocketTimeoutException("no end after " + limit.toSeconds() + " s");
            timeout.initCause(late);
            throw timeout;
        } catch (ExecutionException failed) {
            throw cause(failed);
        } finally {
            task.cancel(true);
        }
    }

    private static IOException cause(ExecutionException failed) throws InterruptedException {
        return switch (failed.getCause()) {
            case IOException expected -> expected;
            case RuntimeException unchecked -> throw unchecked;
            case InterruptedException interrupted -> throw interrupted;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failed);
        };
    }
}
