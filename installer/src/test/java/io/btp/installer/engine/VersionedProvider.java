package io.btp.installer.engine;

import io.btp.installer.answers.EngineVersion;
import io.btp.installer.api.Chart;
import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs one thing in a version of its chart and of its engine: {@code data.store 1.0.0/17} in the world. */
final class VersionedProvider implements Provider<String, VersionedProvider.Running> {
    /** What it publishes. */
    record Running(String version) {}

    private final World world;
    private final Slot<Running> slot;
    private final Set<Need<?>> needs;
    private final String shipped;
    private final Lab lab;

    /** What goes wrong. */
    interface Lab {
        /** Nothing. */
        Lab WELL = new Lab() {};

        default void beforeMoveTo(String thing) throws InterruptedException {}

        default boolean getsReady(String thing) {
            return true;
        }

        default boolean goesBackFrom(String thing) {
            return true;
        }
    }

    VersionedProvider(World world, Slot<Running> slot, Set<Need<?>> needs, String shipped, Lab lab) {
        this.world = world;
        this.slot = slot;
        this.needs = needs;
        this.shipped = shipped;
        this.lab = lab;
    }

    /** Gives a member whose answers say nothing of versions. */
    Member<String, Running> member(String engine) {
        return member(description().chart(), engine, false);
    }

    /** Gives a member whose answers name versions. */
    Member<String, Running> member(String chart, String engine) {
        return member(Optional.of(Chart.repository("https://charts.example", "store", chart)), engine, true);
    }

    private Member<String, Running> member(Optional<Chart> chart, String engine, boolean said) {
        return new Member<>(
                this, engine, chart, Map.of(), Optional.of(new EngineVersion<>(engine, said, other -> other)));
    }

    @Override
    public Description description() {
        return Description.of("test", "versioned", slot.title(), "Runs in a version")
                .madeOf(Chart.repository("https://charts.example", "store", shipped));
    }

    @Override
    public Slot<Running> slot() {
        return slot;
    }

    @Override
    public Form<String> form() {
        return Form.of(answers -> "");
    }

    @Override
    public Set<Need<?>> needs(String engine) {
        return needs;
    }

    @Override
    public Component<Running> open(String engine, Context context) {
        var chart = context.release("any", "any").chart().version().orElseThrow();
        return new Component<>() {
            @Override
            public Observation<Running> observe(Records records) {
                return towards(chart + "/" + engine, records);
            }

            @Override
            public Observation<Running> absent(Records records) {
                return Observation.of(Optional.empty(), Plan.of(List.of(move("", ""))));
            }
        };
    }

    private Observation<Running> towards(String wanted, Records records) {
        var there = world.things().stream()
                .filter(thing -> thing.startsWith(slot.path() + " "))
                .map(thing -> thing.substring(slot.path().length() + 1))
                .findFirst();
        if (!needs.stream().allMatch(need -> Board.meets(records, need))) {
            return Observation.of(
                    Optional.empty(),
                    Plan.of(List.of(move(there.orElse(""), wanted).after(needs.toArray(Need[]::new)))));
        }
        if (there.filter(version -> !lab.goesBackFrom(version) && version.compareTo(wanted) > 0)
                .isPresent()) {
            return Observation.of(
                    Optional.empty(),
                    Plan.blocked(Problem.of(Problem.Reason.UNSUPPORTED, "it does not go back", "go on")));
        }
        var steps = new ArrayList<Step>();
        if (!there.equals(Optional.of(wanted))) {
            steps.add(move(there.orElse(""), wanted));
        }
        if (!there.equals(Optional.of(wanted)) || !lab.getsReady(wanted)) {
            steps.add(Step.await(slot.path() + " ready", progress -> {
                if (!lab.getsReady(wanted)) {
                    throw new ProviderException(
                            Problem.of(Problem.Reason.NOT_READY, wanted + " does not get ready", "mend it"));
                }
            }));
        }
        return Observation.of(steps.isEmpty() ? Optional.of(new Running(wanted)) : Optional.empty(), Plan.of(steps));
    }

    private Step move(String from, String to) {
        Step.Action action = progress -> {
            lab.beforeMoveTo(to);
            world.remove(slot.path() + " " + from);
            world.make(slot.path() + " " + to);
        };
        return from.isEmpty() ? Step.create(slot.path(), action) : Step.update(slot.path(), action);
    }

    @Override
    public Plan removal(Removal<String> removal, Context context) {
        return Plan.nothing();
    }
}
