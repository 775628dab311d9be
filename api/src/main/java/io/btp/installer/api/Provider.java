package io.btp.installer.api;

import java.util.Optional;
import java.util.Set;

/**
 * Describes one way to fill one slot. Stateless; does no I/O except in {@link #removal}.
 *
 * @param <C> its configuration: a record, possibly sealed
 * @param <O> what it publishes
 */
public interface Provider<C, O extends Record> {
    /** Says who this is. Constant. */
    Description description();

    /** Names the slot it can fill. Constant. */
    Slot<O> slot();

    /** Gives the questions that it asks. Constant. */
    Form<C> form();

    /** Says what it needs from other slots, given a configuration. Constant for equal configurations. */
    default Set<Need<?>> needs(C configuration) {
        return Set.of();
    }

    /**
     * Says why what it installed must not be moved from one version to another: a jump that its upstream does not
     * support. Asked by {@code btp upgrade} before anything is changed; does no I/O. By default every step back is
     * refused, as an older version may not read what a newer one has written; who keeps nothing may allow it.
     *
     * @return empty where it may be moved
     */
    default Optional<Problem> hindrance(Move move) {
        return move.isBack()
                ? Optional.of(Problem.of(
                        Problem.Reason.UNSUPPORTED,
                        slot().title() + " by " + description().title() + " does not go back: " + move,
                        "Name " + move.from() + " or a newer version"))
                : Optional.empty();
    }

    /**
     * Becomes a component. Builds clients, contacts nothing. Called once for each run.
     *
     * @param context what the host lends; valid until the component is closed
     */
    Component<O> open(C configuration, Context context);

    /**
     * Says which steps remove what an installation made with this provider. The one path for uninstall, change of mode
     * and a lost record: it reads the places, and nothing else may be assumed to be there. An empty plan means that
     * nothing is left that could be removed. Called until it answers with an empty plan.
     *
     * @throws ProviderException if the places cannot be read
     */
    Plan removal(Removal<C> removal, Context context) throws InterruptedException;
}
