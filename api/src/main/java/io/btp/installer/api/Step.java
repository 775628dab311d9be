package io.btp.installer.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One step: what the user is shown and the code that does it, in one value.
 *
 * <p>The action is idempotent: create tolerates "already exists", delete tolerates "not found". It is bound to the
 * snapshot of records that it was planned with and never reads records late. What takes minutes is an await of its own.
 */
public final class Step {
    /** What a step does to its target. */
    public enum Kind {
        /** Makes it. */
        CREATE,
        /** Changes it. */
        UPDATE,
        /** Removes it. */
        DELETE,
        /** Waits for it; changes nothing. */
        AWAIT
    }

    /** What a step costs its users while it runs and afterwards; in rising order. */
    public enum Impact {
        /** Nobody notices. */
        NONE,
        /** Something restarts. */
        RESTART,
        /** Something is away for a while. */
        DOWNTIME,
        /** Data are lost. Needs a yes of its own. */
        DATA_LOSS
    }

    /** The code of a step. */
    @FunctionalInterface
    public interface Action {
        /**
         * Does it. Called once for each run of the step; blocks; interruption cancels promptly.
         *
         * @throws ProviderException if it cannot be done
         */
        void run(Progress progress) throws InterruptedException;
    }

    private final Kind kind;
    private final String target;
    private final Action action;
    // Those below change only while a copy is made.
    private Set<Need<?>> after = Set.of();
    private boolean afterConsumers;
    private Optional<String> reason = Optional.empty();
    private List<Change> changes = List.of();
    private Impact impact = Impact.NONE;
    private Set<Permission> permissions = Set.of();
    private Optional<Duration> usually = Optional.empty();
    private Optional<String> cost = Optional.empty();

    private Step(Kind kind, String target, Action action) {
        this.kind = kind;
        this.target = Objects.requireNonNull(target, "a step has a target");
        this.action = Objects.requireNonNull(action, "a step has an action");
    }

    private Step with(Consumer<Step> change) {
        return with(action, change);
    }

    private Step with(Action does, Consumer<Step> change) {
        var copy = new Step(kind, target, does);
        copy.after = after;
        copy.afterConsumers = afterConsumers;
        copy.reason = reason;
        copy.changes = changes;
        copy.impact = impact;
        copy.permissions = permissions;
        copy.usually = usually;
        copy.cost = cost;
        change.accept(copy);
        return copy;
    }

    /**
     * Makes something.
     *
     * @param target what, as people know it; unique within the component for each kind; derives from the installation
     */
    public static Step create(String target, Action action) {
        return new Step(Kind.CREATE, target, action);
    }

    /** Changes something. */
    public static Step update(String target, Action action) {
        return new Step(Kind.UPDATE, target, action);
    }

    /** Removes something. */
    public static Step delete(String target, Action action) {
        return new Step(Kind.DELETE, target, action);
    }

    /** Waits for something; the action changes nothing and may be abandoned at any time. */
    public static Step await(String target, Action action) {
        return new Step(Kind.AWAIT, target, action);
    }

    /** Says what else it does: for who guards a step that a port has planned, and may run that step's action from within. */
    public Step doing(Action other) {
        return with(other, copy -> {});
    }

    /** Lets this step, and those behind it in its plan, wait for these. Adds to what was named before. */
    public Step after(Need<?>... needs) {
        return with(copy -> copy.after = union(after, List.of(needs)));
    }

    /** Lets this step wait for the records that the platform uses of these slots. */
    public Step after(Slot<?>... slots) {
        return after(Stream.of(slots).map(Need::input).toArray(Need<?>[]::new));
    }

    /** Lets this step wait until every component that uses this component's record has converged on the new one. */
    public Step afterConsumers() {
        return with(copy -> copy.afterConsumers = true);
    }

    /** Says why. */
    public Step because(String reason) {
        return with(copy -> copy.reason = Optional.of(reason));
    }

    /** Says which fields change. Adds to what was named before. */
    public Step changing(Change... changes) {
        var all = new ArrayList<>(this.changes);
        all.addAll(List.of(changes));
        return with(copy -> copy.changes = List.copyOf(all));
    }

    /** Says what it costs its users; {@link Impact#NONE} unless said. */
    public Step withImpact(Impact impact) {
        return with(copy -> copy.impact = impact);
    }

    /** Says what the caller must be allowed to do. Adds to what was named before. */
    public Step permitting(Permission... permissions) {
        return with(copy -> copy.permissions = union(this.permissions, List.of(permissions)));
    }

    /** Says how long it usually takes. */
    public Step usually(Duration duration) {
        return with(copy -> copy.usually = Optional.of(duration));
    }

    /** Says what it costs from now on, for example {@code about 58 USD a month}. */
    public Step costing(String cost) {
        return with(copy -> copy.cost = Optional.of(cost));
    }

    private static <E> Set<E> union(Set<E> some, List<E> more) {
        var all = new LinkedHashSet<>(some);
        all.addAll(more);
        return Set.copyOf(all);
    }

    /** Says what it does to its target. */
    public Kind kind() {
        return kind;
    }

    /** Names its target. */
    public String target() {
        return target;
    }

    /** Gives the code. Called by the engine and by tests only. */
    public Action action() {
        return action;
    }

    /** Gives what it waits for. */
    public Set<Need<?>> after() {
        return after;
    }

    /** Tells whether it waits for the consumers of this component's record. */
    public boolean isAfterConsumers() {
        return afterConsumers;
    }

    /** Says why, if that was said. */
    public Optional<String> reason() {
        return reason;
    }

    /** Gives the fields that change. */
    public List<Change> changes() {
        return changes;
    }

    /** Says what it costs its users. */
    public Impact impact() {
        return impact;
    }

    /** Gives what the caller must be allowed to do. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** Says how long it usually takes, if that is known. */
    public Optional<Duration> usually() {
        return usually;
    }

    /** Says what it costs from now on, if it does. */
    public Optional<String> cost() {
        return cost;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + target;
    }
}
