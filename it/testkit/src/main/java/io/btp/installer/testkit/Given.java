package io.btp.installer.testkit;

import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The records that a provider's needs get. A snapshot. */
record Given(Map<Need<?>, Record> records) implements Records {
    Given {
        records = Map.copyOf(records);
    }

    static Given nothing() {
        return new Given(Map.of());
    }

    Given with(Need<?> need, Record record) {
        var more = new HashMap<>(records);
        more.put(need, record);
        return new Given(more);
    }

    Given only(Predicate<Need<?>> wanted) {
        return new Given(records.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public <O extends Record> Optional<O> find(Need<O> need) {
        return records.entrySet().stream()
                .filter(entry -> entry.getKey().slot().equals(need.slot())
                        && entry.getKey().use().equals(need.use()))
                .map(entry -> need.slot().type().cast(entry.getValue()))
                .findFirst();
    }

    @Override
    public boolean isFilled(Slot<?> slot) {
        return records.keySet().stream().anyMatch(need -> need.slot().equals(slot));
    }
}
