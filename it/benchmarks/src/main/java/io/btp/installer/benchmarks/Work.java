package io.btp.installer.benchmarks;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.engine.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Steps of known length that do nothing else.
 *
 * @param <O> what is published
 */
final class Work<O extends Record> implements Provider<Map<String, Object>, O> {
    private final Slot<O> slot;
    private final Set<Slot<?>> after;
    private final List<Duration> lengths;
    private final O output;
    private final AtomicIntegerArray done;

    /**
     * Makes work that has not been done.
     *
     * @param after whose records it needs
     * @param lengths how long each step takes
     */
    Work(Slot<O> slot, Set<Slot<?>> after, List<Duration> lengths, O output) {
        this.slot = slot;
        this.after = Set.copyOf(after);
        this.lengths = List.copyOf(lengths);
        this.output = output;
        this.done = new AtomicIntegerArray(lengths.size());
    }

    @Override
    public Description description() {
        return Description.of("bench", "work", "work", "Takes time.");
    }

    @Override
    public Slot<O> slot() {
        return slot;
    }

    @Override
    public Form<Map<String, Object>> form() {
        return Form.empty();
    }

    @Override
    public Set<Need<?>> needs(Map<String, Object> configuration) {
        var needs = new java.util.HashSet<Need<?>>();
        after.forEach(slot -> needs.add(slot.equals(Slots.CLUSTER) ? Need.place(slot) : Need.input(slot)));
        return needs;
    }

    @Override
    public Component<O> open(Map<String, Object> configuration, Context context) {
        return new Component<>() {
            @Override
            public Observation<O> observe(Records records) {
                var needs = needs(configuration).toArray(Need<?>[]::new);
                var steps = new ArrayList<Step>();
                for (int index = 0; index < lengths.size(); index++) {
                    if (done.get(index) == 0) {
                        steps.add(step(index).after(needs));
                    }
                }
                return Observation.of(steps.isEmpty() ? Optional.of(output) : Optional.empty(), Plan.of(steps));
            }

            @Override
            public Observation<O> absent(Records records) {
                return observe(records);
            }
        };
    }

    private Step step(int index) {
        return Step.create(slot.path() + "/" + index, progress -> {
            if (lengths.get(index).isPositive()) {
                Pace.real().pause(lengths.get(index));
            }
            done.set(index, 1);
        });
    }

    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) {
        return Plan.nothing();
    }
}
