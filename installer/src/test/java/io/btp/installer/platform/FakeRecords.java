package io.btp.installer.platform;

import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Records in memory; each change gives new ones. */
final class FakeRecords implements Records {
    private final Map<Slot<?>, Record> published;
    private final Set<Slot<?>> filled;

    private FakeRecords(Map<Slot<?>, Record> published, Set<Slot<?>> filled) {
        this.published = Map.copyOf(published);
        this.filled = Set.copyOf(filled);
    }

    static FakeRecords none() {
        return new FakeRecords(Map.of(), Set.of());
    }

    <O extends Record> FakeRecords with(Slot<O> slot, O published) {
        var all = new HashMap<>(this.published);
        all.put(slot, published);
        return new FakeRecords(all, filled).filling(slot);
    }

    FakeRecords filling(Slot<?> slot) {
        var all = new HashSet<>(filled);
        all.add(slot);
        return new FakeRecords(published, all);
    }

    FakeRecords without(Slot<?> slot) {
        var all = new HashMap<>(published);
        all.remove(slot);
        return new FakeRecords(all, filled);
    }

    @Override
    public <O extends Record> Optional<O> find(Need<O> need) {
        return Optional.ofNullable(published.get(need.slot())).map(need.slot().type()::cast);
    }

    @Override
    public boolean isFilled(Slot<?> slot) {
        return filled.contains(slot);
    }
}
