package io.btp.installer.engine;

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
import io.btp.installer.api.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes two things in a world: a shell at once, and a core once its inputs are known. */
final class ThingProvider<O extends Record> implements Provider<Map<String, Object>, O> {
    /** Code of a step, for faults. */
    interface Hook {
        void before(String target) throws InterruptedException;
    }

    private final World world;
    private final Slot<O> slot;
    private final Set<Need<?>> needs;
    private final Function<Records, O> outputs;
    private final Hook hook;

    ThingProvider(World world, Slot<O> slot, Set<Need<?>> needs, Function<Records, O> outputs, Hook hook) {
        this.world = world;
        this.slot = slot;
        this.needs = needs;
        this.outputs = outputs;
        this.hook = hook;
    }

    @Override
    public Description description() {
        return Description.of("test", "things", slot.title(), "Makes things");
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
        return needs;
    }

    String shell() {
        return slot.path() + "/shell";
    }

    String core() {
        return slot.path() + "/core";
    }

    @Override
    public Component<O> open(Map<String, Object> configuration, Context context) {
        return new Component<>() {
            @Override
            public Observation<O> observe(Records records) {
                return towards(world.things(), records);
            }

            @Override
            public Observation<O> absent(Records records) {
                return towards(Set.of(), records);
            }
        };
    }

    private Observation<O> towards(Set<String> found, Records records) {
        var steps = new ArrayList<Step>();
        if (!found.contains(shell())) {
            steps.add(create(shell()));
        }
        if (!found.contains(core())) {
            steps.add(create(core()).after(needs.toArray(Need<?>[]::new)));
        }
        var there = steps.isEmpty() && needs.stream().allMatch(need -> Board.meets(records, need));
        return Observation.of(there ? Optional.of(outputs.apply(records)) : Optional.empty(), Plan.of(steps));
    }

    private Step create(String thing) {
        return Step.create(thing, progress -> {
            hook.before(thing);
            world.make(thing);
        });
    }

    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) {
        return Plan.of(List.of(core(), shell()).stream()
                .filter(world::has)
                .map(thing -> Step.delete(thing, progress -> {
                    hook.before(thing);
                    world.remove(thing);
                }))
                .toList());
    }
}
