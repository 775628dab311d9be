package io.btp.installer.api;

import java.util.List;
import java.util.Optional;

/** An ordered list of steps, or the problem that forbids any. */
public final class Plan {
    private static final Plan NOTHING = new Plan(List.of(), Optional.empty());

    private final List<Step> steps;
    private final Optional<Problem> blocked;

    private Plan(List<Step> steps, Optional<Problem> blocked) {
        this.steps = steps;
        this.blocked = blocked;
    }

    /** Plans these steps, in this order. Targets are unique within a plan for each kind of step. */
    public static Plan of(List<Step> steps) {
        return steps.isEmpty() ? NOTHING : new Plan(List.copyOf(steps), Optional.empty());
    }

    /** Plans these steps, in this order. */
    public static Plan of(Step... steps) {
        return of(List.of(steps));
    }

    /** Plans nothing: everything is as it should be. */
    public static Plan nothing() {
        return NOTHING;
    }

    /** Says that no step can lead there: a name is taken, storage cannot shrink, a resource has failed for good. */
    public static Plan blocked(Problem problem) {
        return new Plan(List.of(), Optional.of(problem));
    }

    /** Gives the steps; empty when blocked. */
    public List<Step> steps() {
        return steps;
    }

    /** Gives the problem that forbids any step, if there is one. */
    public Optional<Problem> blocked() {
        return blocked;
    }

    /** Tells whether nothing is to be done and nothing is in the way. */
    public boolean isEmpty() {
        return steps.isEmpty() && blocked.isEmpty();
    }
}
