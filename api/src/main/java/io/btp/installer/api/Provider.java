package io.btp.installer.api;

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
