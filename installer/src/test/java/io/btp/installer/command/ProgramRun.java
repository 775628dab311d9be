package io.btp.installer.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/** The program in this process, with no plugin and nobody to ask. */
final class ProgramRun {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

    Surroundings surroundings(Path folder) {
        return new Surroundings(
                Map.of("HOME", folder.toString(), "COLUMNS", "1000"),
                folder,
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                false,
                InstantSource.system(),
                new Random(1),
                folder.resolve("program"),
                "0.1.0");
    }

    /** Runs a command in a folder. Gives its exit code. */
    int run(Path folder, String... arguments) {
        reset();
        return Program.run(surroundings(folder), arguments);
    }

    /** Forgets what was printed. */
    void reset() {
        output.reset();
        messages.reset();
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    String messages() {
        return messages.toString(StandardCharsets.UTF_8);
    }
}
