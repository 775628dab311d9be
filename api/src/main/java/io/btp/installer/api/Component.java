package io.btp.installer.api;

import java.util.List;
import java.util.Set;

/**
 * A provider opened with its configuration: observes the world and says which steps are missing.
 *
 * @param <O> what it publishes
 */
public interface Component<O extends Record> extends AutoCloseable {
    /**
     * Lists checks beyond the host's own proof of the published record. Called before each run; the checks run in
     * parallel.
     *
     * @param records what is published so far; places may be missing
     */
    default List<Check> checks(Records records) {
        return List.of();
    }

    /**
     * Reads the world and compares it with the configuration. The only reader; changes nothing. Called whenever the
     * places are there, several times in a run.
     *
     * @throws ProviderException if the world cannot be read
     */
    Observation<O> observe(Records records) throws InterruptedException;

    /**
     * Says what {@link #observe} would say if nothing were there. Does no I/O. Called while a place is missing, so that
     * the whole plan is there before the first create.
     */
    Observation<O> absent(Records records) throws InterruptedException;

    /**
     * Lists the ids of the providers whose owner labels for this installation are found in the place that this
     * component publishes. Called on places only, on removal.
     */
    default Set<String> owners() throws InterruptedException {
        return Set.of();
    }

    /** Closes its clients. Called once. */
    @Override
    default void close() {}
}
