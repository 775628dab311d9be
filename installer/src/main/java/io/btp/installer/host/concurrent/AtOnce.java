package io.btp.installer.host.concurrent;

import io.btp.installer.api.ProviderException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at many things, a few at a time. */
public final class AtOnce {
    private static final int FEW = 6;

    private AtOnce() {}

    /** Looks at one thing. */
    @FunctionalInterface
    public interface Look<K, T> {
        /** Gives what is seen. */
        T at(K thing) throws InterruptedException;
    }

    /**
     * Looks at all and keeps their order.
     *
     * @throws ProviderException if a look ended with one; the other looks are given up
     */
    public static <K, T> Map<K, T> each(Collection<K> things, Look<K, T> look) throws InterruptedException {
        var running = new LinkedHashMap<K, Future<T>>();
        var seen = new LinkedHashMap<K, T>();
        try (var executor = Executors.newFixedThreadPool(FEW, Thread.ofVirtual().factory())) {
            things.forEach(thing -> {
                Callable<T> task = () -> look.at(thing);
                running.put(thing, executor.submit(task));
            });
            try {
                for (var each : running.entrySet()) {
                    seen.put(each.getKey(), result(each.getKey(), each.getValue()));
                }
            } finally {
                executor.shutdownNow();
            }
        }
        return seen;
    }

    private static <T> T result(Object thing, Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ProviderException refused) {
                throw new ProviderException(refused.problem(), refused);
            }
            throw new IllegalStateException("looking at " + thing + " failed", failed.getCause());
        }
    }
}
