package io.btp.installer.host.concurrent;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A bounded number of places. Of those who wait the most urgent is let in first, of equals who came first. */
public final class Turns {
    /** How urgent it is what the current thread does; where it is not bound, not at all. */
    public static final ScopedValue<Duration> URGENCY = ScopedValue.newInstance();

    private final ReentrantLock lock = new ReentrantLock();
    private final PriorityQueue<Waiter> waiters =
            new PriorityQueue<>(Comparator.comparing(Waiter::urgency).reversed().thenComparing(Waiter::number));
    private int free;
    private long number;

    /** One who waits, for as long as he is among the waiters. */
    private record Waiter(Duration urgency, long number, Condition turn) {}

    /** Makes so many places. */
    public Turns(int places) {
        this.free = places;
    }

    /** Takes a place; waits until there is one. */
    public void take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (free > 0) {
                free--;
                return;
            }
            var waiter = new Waiter(URGENCY.orElse(Duration.ZERO), number++, lock.newCondition());
            waiters.add(waiter);
            await(waiter);
        } finally {
            lock.unlock();
        }
    }

    private void await(Waiter waiter) throws InterruptedException {
        try {
            while (waiters.contains(waiter)) {
                waiter.turn().await();
            }
        } catch (InterruptedException stopped) {
            if (!waiters.remove(waiter)) {
                pass();
            }
            throw stopped;
        }
    }

    /** Gives a place back. */
    public void giveBack() {
        lock.lock();
        try {
            pass();
        } finally {
            lock.unlock();
        }
    }

    private void pass() {
        var next = waiters.poll();
        if (next == null) {
            free++;
            return;
        }
        next.turn().signal();
    }
}
