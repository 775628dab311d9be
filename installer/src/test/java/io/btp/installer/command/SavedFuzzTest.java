package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files that a run saved: its events, a plan. What is shown of them does nothing to a terminal. */
class SavedFuzzTest {
    @TempDir
    private Path folder;

    private final ProgramRun program = new ProgramRun();

    @Test
    void damagedEvents() throws IOException {
        var events = folder.resolve("run/events.ndjson");
        Files.createDirectories(events.getParent());
        new Fuzz("events", content -> shown(Files.write(events, content)))
                .from(String.join("\n", ReplayTest.lines(ReplayTest.EVENTS)).getBytes(StandardCharsets.UTF_8))
                .from(ReplayTest.lines(ReplayTest.EVENTS).stream()
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .toList())
                .run();
    }

    private String shown(Path events) {
        program.reset();
        var said = "";
        for (boolean verbose : new boolean[] {false, true}) {
            var options = new OutputOptions();
            options.verbose = verbose;
            try {
                assertThat(new Replaying(program.surroundings(folder), options, 0).run(events))
                        .isEqualTo(ExitCode.DONE);
            } catch (Misused refused) {
                said += refused.problems();
            }
        }
        PastRun.in(folder).forEach(PastRun::event);
        var printed = program.output() + program.messages();
        assertThat(printed.codePoints().filter(SavedFuzzTest::actsOnTerminals).boxed())
                .as("characters that a terminal acts on")
                .isEmpty();
        return said + printed.length();
    }

    private static boolean actsOnTerminals(int character) {
        return character != '\n'
                && (Character.isISOControl(character)
                        || character >= 0x202a && character <= 0x202e
                        || character >= 0x2066 && character <= 0x2069);
    }

    @Test
    void damagedPlans() {
        new Fuzz("plan", this::read)
                .from(
                        "{\"v\":1,\"digest\":\"sha256:a\",\"answersFile\":\"/a/btp.yaml\",\"plugins\":{\"a\":\"sha256:b\"}}"
                                .getBytes(StandardCharsets.UTF_8))
                .run();
    }

    private String read(byte[] content) throws IOException {
        try {
            var plan = SavedPlan.read(Files.write(folder.resolve("plan"), content));
            return plan.answers() + " " + plan;
        } catch (ProviderException refused) {
            return refused.problem().summary();
        }
    }
}
