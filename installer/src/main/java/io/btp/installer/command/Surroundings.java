package io.btp.installer.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the program finds around it.
 *
 * @param variables environment variables
 * @param folder working directory
 * @param output standard output
 * @param messages standard error
 * @param terminal whether a person can be asked
 * @param clock time of day
 * @param random for run ids
 * @param program folder of the packaged program
 * @param version of the program
 */
public record Surroundings(
        Map<String, String> variables,
        Path folder,
        PrintStream output,
        PrintStream messages,
        boolean terminal,
        InstantSource clock,
        RandomGenerator random,
        Path program,
        String version) {
    /** Gives the folder for logs, events, locks and records of this machine. */
    Path state() {
        var home = Path.of(Optional.ofNullable(variables.get("HOME")).orElse("."));
        return Optional.ofNullable(variables.get("BTP_STATE_DIR"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(variables.get("XDG_STATE_HOME")).map(it -> Path.of(it, "btp")))
                .orElse(home.resolve(".local/state/btp"));
    }

    /** Gives the user's folder of third-party plugins. */
    Path userPlugins() {
        var home = Path.of(Optional.ofNullable(variables.get("HOME")).orElse("."));
        return Optional.ofNullable(variables.get("XDG_CONFIG_HOME"))
                .map(it -> Path.of(it, "btp", "plugins"))
                .orElse(home.resolve(".config/btp/plugins"));
    }
}
