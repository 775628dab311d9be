package io.btp.installer.engine;

import io.btp.installer.api.Change;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Step;
import io.btp.installer.api.SupportProvider;
import io.btp.installer.api.contract.KubernetesApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A provider as an author would sketch it: a list of things, each with the records that it is made of. Its steps demand
 * those records of the snapshot that they were planned with, and that what they stand on is there.
 */
class Sketch<O extends Record> implements Provider<Map<String, Object>, O> {
    /**
     * One thing.
     *
     * @param name what, unique in the world
     * @param awaited true where it comes about by itself, some time after what stands before it
     * @param reads the records that it is made of
     * @param standsOn what must be in the world before
     */
    record Thing(String name, boolean awaited, Set<Need<?>> reads, Set<String> standsOn) {
        static Thing made(String name, Set<Need<?>> reads, String... standsOn) {
            return new Thing(name, false, reads, Set.of(standsOn));
        }

        static Thing awaited(String name, Set<Need<?>> reads, String... standsOn) {
            return new Thing(name, true, reads, Set.of(standsOn));
        }
    }

    /** Faults around steps. */
    interface Hook {
        void before(String thing) throws InterruptedException;

        void after(String thing) throws InterruptedException;
    }

    private final World world;
    private final Slot<O> slot;
    private final Set<Need<?>> needs;
    private final List<Thing> things;
    private final Function<Records, O> outputs;
    private final Hook hook;

    Sketch(World world, Slot<O> slot, Set<Need<?>> needs, List<Thing> things, Function<Records, O> outputs, Hook hook) {
        this.world = world;
        this.slot = slot;
        this.needs = needs;
        this.things = things;
        this.outputs = outputs;
        this.hook = hook;
    }

    /** An operator that serves one group and version. */
    static final class Operator extends Sketch<KubernetesApi> implements SupportProvider<Map<String, Object>> {
        private final String groupVersion;

        Operator(World world, String groupVersion, Set<Need<?>> needs, List<Thing> things, Hook hook) {
            super(
                    world,
                    io.btp.installer.api.Slots.KUBERNETES_API,
                    needs,
                    things,
                    records -> new KubernetesApi(groupVersion, "test", false),
                    hook);
            this.groupVersion = groupVersion;
        }

        @Override
        public Slot<KubernetesApi> slot() {
            return SupportProvider.super.slot();
        }

        @Override
        public Set<String> groupVersions() {
            return Set.of(groupVersion);
        }

        @Override
        Observation<KubernetesApi> published(Optional<KubernetesApi> api, Plan plan) {
            var observation = Observation.<KubernetesApi>of(Optional.empty(), plan);
            return api.map(it -> observation.use(groupVersion, it)).orElse(observation);
        }
    }

    @Override
    public Description description() {
        return Description.of("test", "sketch", slot.title(), "Stands for a real one");
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

    List<Thing> things() {
        return things;
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

    /** A thing that lies in a place which is not known yet cannot be seen. */
    private Observation<O> towards(Set<String> found, Records records) {
        var steps = new ArrayList<Step>();
        for (var thing : things) {
            var visible = thing.reads().stream().allMatch(need -> Board.meets(records, need));
            if (!visible || !found.contains(thing.name())) {
                steps.add(step(thing, records));
            }
        }
        var ready = steps.isEmpty() && needs.stream().allMatch(need -> Board.meets(records, need));
        return published(ready ? Optional.of(outputs.apply(records)) : Optional.empty(), Plan.of(steps));
    }

    Observation<O> published(Optional<O> output, Plan plan) {
        return Observation.of(output, plan);
    }

    private Step step(Thing thing, Records records) {
        var step = thing.awaited()
                ? Step.await(thing.name(), progress -> comeAbout(thing, records, progress))
                : Step.create(thing.name(), progress -> make(thing, records));
        for (var need : thing.reads()) {
            step = step.changing(change(need, records));
        }
        return step.after(thing.reads().toArray(Need<?>[]::new));
    }

    private static <R extends Record> Change change(Need<R> need, Records records) {
        return Change.to(
                need.toString(), records.find(need).map(String::valueOf).orElse("known after " + need));
    }

    private void comeAbout(Thing thing, Records records, Progress progress) throws InterruptedException {
        var looks = new int[1];
        progress.until(
                Duration.ofMinutes(10),
                () -> looks[0]++ > 0
                        ? Optional.empty()
                        : Optional.of(Problem.of(Problem.Reason.NOT_READY, thing.name() + " is not there yet", "")));
        make(thing, records);
    }

    private void make(Thing thing, Records records) throws InterruptedException {
        thing.reads().forEach(records::get);
        for (var ground : thing.standsOn()) {
            if (!world.has(ground)) {
                throw new IllegalStateException(thing.name() + " is made before " + ground);
            }
        }
        hook.before(thing.name());
        world.make(thing.name());
        hook.after(thing.name());
    }

    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) {
        return Plan.of(things.reversed().stream()
                .map(Thing::name)
                .filter(world::has)
                .map(name -> Step.delete(name, progress -> world.remove(name)))
                .toList());
    }
}
