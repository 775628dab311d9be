package io.btp.installer.host.kubernetes;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs programs of the user, never through a shell. */
@FunctionalInterface
public interface Programs {
    /**
     * How a program ended.
     *
     * @param exitCode its exit code; empty where it was ended as it took too long
     * @param output what it wrote to standard output; may be confidential
     * @param errors what it wrote to standard error
     */
    record Ended(Optional<Integer> exitCode, String output, String errors) {}

    /**
     * Runs a program to its end, without standard input.
     *
     * @param command program and arguments
     * @param environment all of its environment
     * @param deadline when it is ended by force
     * @throws IOException if it cannot be started
     */
    Ended run(List<String> command, Map<String, String> environment, Duration deadline)
            throws IOException, InterruptedException;
}
