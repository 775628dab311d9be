package io.btp.installer.engine;

import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is published so far, and what never will be. Threads wait here for what they need. */
final class Board {
    private record Key(Slot<?> slot, String use) {
        static Key of(Need<?> need) {
            return new Key(need.slot(), need.use());
        }
    }

    /** What can be said of a need. */
    enum Standing {
        /** Published, or optional and nobody fills the slot. */
        MET,
        /** May still come. */
        OPEN,
        /** Never comes in this run. */
        LOST
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Slot<?>, Set<Condition>> waiting = new HashMap<>();
    private final Map<Key, Record> published = new HashMap<>();
    private final Map<Key, String> lost = new HashMap<>();
    private final Set<Slot<?>> filled;

    Board(Set<Slot<?>> filled) {
        this.filled = Set.copyOf(filled);
    }

    /** Gives an immutable snapshot. */
    Records snapshot() {
        lock.lock();
        try {
            return new Snapshot(Map.copyOf(published), filled);
        } finally {
            lock.unlock();
        }
    }

    /** Publishes the outputs of a slot and wakes who waits. */
    void publish(Slot<?> slot, Map<String, ? extends Record> outputs) {
        lock.lock();
        try {
            outputs.forEach((use, output) -> published.put(new Key(slot, use), output));
            wake(slot);
        } finally {
            lock.unlock();
        }
    }

    /** Says that these uses of a slot will not be published in this run, and why. */
    void lose(Slot<?> slot, Set<String> uses, String because) {
        lock.lock();
        try {
            uses.forEach(use -> lost.putIfAbsent(new Key(slot, use), because));
            wake(slot);
        } finally {
            lock.unlock();
        }
    }

    private void wake(Slot<?> slot) {
        waiting.getOrDefault(slot, Set.of()).forEach(Condition::signal);
    }

    /** Waits until each need is met or one is lost; gives the reason of the first that is lost. */
    Optional<String> await(Set<Need<?>> needs) throws InterruptedException {
        lock.lockInterruptibly();
        var changed = lock.newCondition();
        try {
            needs.forEach(need -> waiting.computeIfAbsent(need.slot(), slot -> new LinkedHashSet<>())
                    .add(changed));
            while (true) {
                var missing = needs.stream()
                        .filter(need -> standing(need) == Standing.LOST)
                        .findFirst();
                if (missing.isPresent()) {
                    return missing.map(need -> reason(need));
                }
                if (needs.stream().allMatch(need -> standing(need) == Standing.MET)) {
                    return Optional.empty();
                }
                changed.await();
            }
        } finally {
            needs.forEach(
                    need -> Objects.requireNonNull(waiting.get(need.slot())).remove(changed));
            lock.unlock();
        }
    }

    private Standing standing(Need<?> need) {
        if (lost.containsKey(Key.of(need))) {
            return Standing.LOST;
        }
        if (published.containsKey(Key.of(need))) {
            return Standing.MET;
        }
        if (filled.contains(need.slot())) {
            return Standing.OPEN;
        }
        return need.kind() == Need.Kind.OPTIONAL ? Standing.MET : Standing.LOST;
    }

    private String reason(Need<?> need) {
        return lost.getOrDefault(Key.of(need), "nobody provides " + need);
    }

    /** Tells whether a snapshot holds what a need asks for. */
    static boolean meets(Records records, Need<?> need) {
        return records.find(need).isPresent() || (need.kind() == Need.Kind.OPTIONAL && !records.isFilled(need.slot()));
    }

    private record Snapshot(Map<Key, Record> published, Set<Slot<?>> filled) implements Records {
        @Override
        public <O extends Record> Optional<O> find(Need<O> need) {
            @Nullable Record found = published.get(Key.of(need));
            return Optional.ofNullable(found).map(need.slot().type()::cast);
        }

        @Override
        public boolean isFilled(Slot<?> slot) {
            return filled.contains(slot);
        }
    }

    /** Says what is wrong when a need can never be met. */
    static Problem unmet(Provider<?, ?> provider, Need<?> need) {
        return Problem.of(
                Problem.Reason.NOT_FOUND,
                provider.slot().title() + " by " + provider.description().title() + " needs "
                        + need.slot().title() + (need.use().equals(Need.PLATFORM_USE) ? "" : " (" + need.use() + ")")
                        + ", which nobody provides",
                "Choose a mode for " + need.slot().path() + ", or another provider for "
                        + provider.slot().path());
    }
}
