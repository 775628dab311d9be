package io.btp.installer.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a component saw: its outputs and the steps to "exactly as configured".
 *
 * <p>Outputs are present once the thing exists and is usable; an empty install plan means that nothing is to be done.
 * A value: plans are tested by building an observation and asserting its steps.
 *
 * @param <O> what is published
 */
public final class Observation<O extends Record> {
    private final Map<String, O> outputs;
    private final Plan install;
    private final Plan rotation;

    private Observation(Map<String, O> outputs, Plan install, Plan rotation) {
        this.outputs = outputs;
        this.install = Objects.requireNonNull(install, "an observation comes with a plan");
        this.rotation = Objects.requireNonNull(rotation, "a rotation is a plan");
    }

    /** Says what the platform's use of the slot gets, and what is to be done. */
    public static <O extends Record> Observation<O> of(Optional<O> outputs, Plan install) {
        var byUse = new LinkedHashMap<String, O>();
        outputs.ifPresent(output -> byUse.put(Need.PLATFORM_USE, output));
        return new Observation<>(byUse, install, Plan.nothing());
    }

    /** Adds what another use gets; see {@link Context#uses}. */
    public Observation<O> use(String use, O output) {
        var byUse = new LinkedHashMap<>(outputs);
        byUse.put(use, output);
        return new Observation<>(byUse, install, rotation);
    }

    /** Adds the steps that stage a second credential at the source, where a credential can be rotated. */
    public Observation<O> rotation(Plan plan) {
        return new Observation<>(outputs, install, plan);
    }

    /** Gives the outputs by use; only uses that are ready. */
    public Map<String, O> outputs() {
        return Map.copyOf(outputs);
    }

    /** Gives the steps to "exactly as configured". */
    public Plan install() {
        return install;
    }

    /** Gives the steps that stage a second credential; empty where nothing can be rotated. */
    public Plan rotation() {
        return rotation;
    }
}
