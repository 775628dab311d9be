package io.btp.installer.simulator.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Calls a controller for the keys that wait, never twice at a time for the same one. */
public final class Loop<K> implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Loop.class.getName());
    private static final Duration FIRST_RETRY = Duration.ofMillis(20);
    private static final int MOST_DOUBLINGS = 8;

    private final Controller<K> controller;
    private final DelayQueue<Due<K>> queue = new DelayQueue<>();
    private final Set<K> waiting = new HashSet<>();
    private final Set<K> running = new HashSet<>();
    private final Set<K> again = new HashSet<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    private Loop(Controller<K> controller) {
        this.controller = controller;
    }

    /** Starts a controller with as many workers. */
    public static <K> Loop<K> start(Controller<K> controller, int workers) throws InterruptedException {
        var loop = new Loop<K>(controller);
        controller.watch(loop);
        for (var i = 0; i < workers; i++) {
            loop.threads.add(
                    Thread.ofVirtual().name(controller.name() + " " + i).start(loop::work));
        }
        return loop;
    }

    public synchronized void add(K key) {
        if (running.contains(key)) {
            again.add(key);
            return;
        }
        if (waiting.add(key)) {
            queue.add(new Due<>(key, System.nanoTime()));
        }
    }

    public void add(K key, Duration delay) {
        queue.add(new Due<>(key, System.nanoTime() + delay.toNanos()));
    }

    private void work() {
        try {
            while (true) {
                var key = queue.take().key();
                if (begin(key)) {
                    end(key, isDone(key));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean begin(K key) {
        waiting.remove(key);
        if (running.add(key)) {
            return true;
        }
        again.add(key);
        return false;
    }

    private boolean isDone(K key) throws InterruptedException {
        try {
            controller.reconcile(key, this);
            return true;
        } catch (ApiException e) {
            LOG.log(
                    e.isConflict() || e.isAbsent() || e.isForbidden() ? Level.DEBUG : Level.INFO,
                    "{0} {1}: {2}",
                    controller.name(),
                    key,
                    e.getMessage());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "{0} {1}: {2}", controller.name(), key, e);
        } catch (RuntimeException e) {
            // one object that cannot be understood must not end the work on all others
            LOG.log(Level.ERROR, controller.name() + " " + key, e);
        }
        return false;
    }

    private synchronized void end(K key, boolean isDone) {
        running.remove(key);
        if (again.remove(key)) {
            add(key);
        }
        if (isDone) {
            failures.remove(key);
            return;
        }
        var count = failures.merge(key, 1, Integer::sum);
        add(key, FIRST_RETRY.multipliedBy(1L << Math.min(count, MOST_DOUBLINGS)));
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private record Due<K>(K key, long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
