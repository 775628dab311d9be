package io.btp.installer.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final Details details;

    private record Details(
            Set<Need<?>> after,
            boolean afterConsumers,
            Optional<String> reason,
            List<Change> changes,
            Impact impact,
            Set<Permission> permissions,
            Optional<Duration> usually,
            Optional<String> cost) {}

    private Step(Kind kind, String target, Action action, Details details) {
        this.kind = kind;
        this.target = target;
        this.action = action;
        this.details = details;
    }

    private static Step of(Kind kind, String target, Action action) {
        var details = new Details(
                Set.of(),
                false,
                Optional.empty(),
                List.of(),
                Impact.NONE,
                Set.of(),
                Optional.empty(),
                Optional.empty());
        return new Step(kind, target, action, details);
    }

    /**
     * Makes something.
     *
     * @param target what, as people know it; unique within the component for each kind; derives from the installation
     */
    public static Step create(String target, Action action) {
        return of(Kind.CREATE, target, action);
    }

    /** Changes something. */
    public static Step update(String target, Action action) {
        return of(Kind.UPDATE, target, action);
    }

    /** Removes something. */
    public static Step delete(String target, Action action) {
        return of(Kind.DELETE, target, action);
    }

    /** Waits for something; the action changes nothing and may be abandoned at any time. */
    public static Step await(String target, Action action) {
        return of(Kind.AWAIT, target, action);
    }

    /** Lets this step, and those behind it in its plan, wait for these. Adds to what was named before. */
    public Step after(Need<?>... needs) {
        var all = new LinkedHashSet<>(details.after);
        all.addAll(List.of(needs));
        return with(new Details(
                Set.copyOf(all),
                details.afterConsumers,
                details.reason,
                details.changes,
                details.impact,
                details.permissions,
                details.usually,
                details.cost));
    }

    /** Lets this step wait for the records that the platform uses of these slots. */
    public Step after(Slot<?>... slots) {
        return after(Stream.of(slots).map(Need::input).toArray(Need<?>[]::new));
    }

    /** Lets this step wait until every component that uses this component's record has converged on the new one. */
    public Step afterConsumers() {
        return with(new Details(
                details.after,
                true,
                details.reason,
                details.changes,
                details.impact,
                details.permissions,
                details.usually,
                details.cost));
    }

    /** Says why. */
    public Step because(String reason) {
        return with(new Details(
                details.after,
                details.afterConsumers,
                Optional.of(reason),
                details.changes,
                details.impact,
                details.permissions,
                details.usually,
                details.cost));
    }

    /** Says which fields change. Adds to what was named before. */
    public Step changing(Change... changes) {
        var all = new ArrayList<>(details.changes);
        all.addAll(List.of(changes));
        return with(new Details(
                details.after,
                details.afterConsumers,
                details.reason,
                List.copyOf(all),
                details.impact,
                details.permissions,
                details.usually,
                details.cost));
    }

    /** Says what it costs its users; {@link Impact#NONE} unless said. */
    public Step withImpact(Impact impact) {
        return with(new Details(
                details.after,
                details.afterConsumers,
                details.reason,
                details.changes,
                impact,
                details.permissions,
                details.usually,
                details.cost));
    }

    /** Says what the caller must be allowed to do. Adds to what was named before. */
    public Step permitting(Permission... permissions) {
        var all = new LinkedHashSet<>(details.permissions);
        all.addAll(List.of(permissions));
        return with(new Details(
                details.after,
                details.afterConsumers,
                details.reason,
                details.changes,
                details.impact,
                Set.copyOf(all),
                details.usually,
                details.cost));
    }

    /** Says how long it usually takes. */
    public Step usually(Duration duration) {
        return with(new Details(
                details.after,
                details.afterConsumers,
                details.reason,
                details.changes,
                details.impact,
                details.permissions,
                Optional.of(duration),
                details.cost));
    }

    /** Says what it costs from now on, for example {@code about 58 USD a month}. */
    public Step costing(String cost) {
        return with(new Details(
                details.after,
                details.afterConsumers,
                details.reason,
                details.changes,
                details.impact,
                details.permissions,
                details.usually,
                Optional.of(cost)));
    }

    private Step with(Details changed) {
        return new Step(kind, target, action, changed);
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
        return details.after;
    }

    /** Tells whether it waits for the consumers of this component's record. */
    public boolean isAfterConsumers() {
        return details.afterConsumers;
    }

    /** Says why, if that was said. */
    public Optional<String> reason() {
        return details.reason;
    }

    /** Gives the fields that change. */
    public List<Change> changes() {
        return details.changes;
    }

    /** Says what it costs its users. */
    public Impact impact() {
        return details.impact;
    }

    /** Gives what the caller must be allowed to do. */
    public Set<Permission> permissions() {
        return details.permissions;
    }

    /** Says how long it usually takes, if that is known. */
    public Optional<Duration> usually() {
        return details.usually;
    }

    /** Says what it costs from now on, if it does. */
    public Optional<String> cost() {
        return details.cost;
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + target;
    }
}
