package io.btp.installer.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How a run goes about it.
 *
 * @param run its id
 * @param command what was asked for
 * @param version of the program
 * @param state folder of the installation on this machine: local record and lock
 * @param parallelism how many changes at once
 * @param deadlines patience with waits, by component
 * @param skippedChecks reasons by check id
 * @param trials whether trials may write
 * @param deleteData slots or groups whose data may be lost, or {@code all}
 */
public record Settings(
        String run,
        String command,
        String version,
        Path state,
        int parallelism,
        Map<String, Duration> deadlines,
        Map<String, String> skippedChecks,
        boolean trials,
        Set<String> deleteData) {
    /** Copies the collections. */
    public Settings {
        deadlines = Map.copyOf(deadlines);
        skippedChecks = Map.copyOf(skippedChecks);
        deleteData = Set.copyOf(deleteData);
    }

    /** Tells whether the data of a slot may be lost. */
    boolean deletesDataOf(io.btp.installer.api.Slot<?> slot) {
        return deleteData.contains("all") || deleteData.stream().anyMatch(slot::isMeantBy);
    }
}
