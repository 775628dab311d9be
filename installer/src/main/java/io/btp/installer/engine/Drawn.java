package io.btp.installer.engine;

import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A drawn plan: the steps of every component, in the order in which they may begin.
 *
 * @param components one entry for each component, and for what is to be removed
 */
public record Drawn(List<Entry> components) {
    /**
     * The plan of one component.
     *
     * @param component id in events and records
     * @param title what people call it
     * @param provider id of its provider
     * @param plan its steps
     */
    public record Entry(String component, String title, String provider, Plan plan) {}

    /** Copies the list. */
    public Drawn {
        components = List.copyOf(components);
    }

    /** Tells whether nothing is to be done and nothing is in the way. */
    public boolean isEmpty() {
        return components.stream().allMatch(entry -> entry.plan().isEmpty());
    }

    /** Tells whether all that is left is waiting. */
    public boolean onlyWaits() {
        return blocked().isEmpty() && steps().stream().allMatch(step -> step.kind() == Step.Kind.AWAIT);
    }

    /** Gives all steps. */
    public List<Step> steps() {
        return components.stream()
                .flatMap(entry -> entry.plan().steps().stream())
                .toList();
    }

    /** Gives what is in the way. */
    public List<Problem> blocked() {
        return components.stream()
                .map(entry -> entry.plan().blocked())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Gives a digest over component, kind, target, changes and impact: equal plans have equal digests. */
    public String digest() {
        var text = new StringBuilder();
        for (var entry : components) {
            for (var step : entry.plan().steps()) {
                text.append(entry.component()).append('\n').append(step).append('\n');
                text.append(step.changes()).append('\n').append(step.impact()).append('\n');
            }
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Gives the plan as events. */
    public List<RunEvent.Planned> events() {
        return components.stream()
                .map(entry -> new RunEvent.Planned(
                        entry.component(),
                        entry.title(),
                        entry.provider(),
                        entry.plan().steps().stream().map(Drawn::event).toList(),
                        entry.plan().blocked()))
                .toList();
    }

    private static RunEvent.PlannedStep event(Step step) {
        return new RunEvent.PlannedStep(
                step.kind(),
                step.target(),
                step.reason(),
                step.changes(),
                step.impact(),
                step.after().stream().map(Need::toString).sorted().toList(),
                step.usually(),
                step.cost());
    }

    /** Gives what this plan allows a run to do. */
    Confirmed confirmed() {
        var allowed = new TreeMap<String, Map<String, Step>>();
        for (var entry : components) {
            var ofComponent = allowed.computeIfAbsent(entry.component(), id -> new TreeMap<>());
            entry.plan().steps().forEach(step -> ofComponent.put(step.toString(), step));
        }
        return new Confirmed(allowed);
    }
}
