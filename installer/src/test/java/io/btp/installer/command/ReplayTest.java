package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Change;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.event.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    private static final Problem PROBLEM = Problem.of(Problem.Reason.QUOTA, "There is no room", "Make room")
            .evidence(List.of("0/3 nodes"))
            .causedBy(Problem.of(Problem.Reason.FAILED, "A node is full", "Add a node"));

    /** One of each. */
    static final List<RunEvent> EVENTS = List.of(
            new RunEvent.Started("20260801-120000-abcd", "install", "acme", "1.0.0", true),
            new RunEvent.Checked("platform", "a.b", "It is", RunEvent.Outcome.WARNED, "hm", Optional.of(PROBLEM)),
            new RunEvent.Planned(
                    "redis",
                    "Redis",
                    "kubernetes.valkey",
                    List.of(new RunEvent.PlannedStep(
                            Step.Kind.UPDATE,
                            "release a/b",
                            Optional.of("it drifted"),
                            List.of(Change.of("size", "1", "2"), Change.gone("old", "3")),
                            Step.Impact.DOWNTIME,
                            List.of("cluster"),
                            Optional.of(Duration.ofMinutes(3)),
                            Optional.of("58 USD"))),
                    Optional.empty()),
            new RunEvent.StepStarted("redis", Step.Kind.UPDATE, "release a/b", Optional.of(Duration.ofMinutes(3))),
            new RunEvent.StepProgressed("redis", Step.Kind.UPDATE, "release a/b", "pulling"),
            new RunEvent.StepFinished("redis", Step.Kind.UPDATE, "release a/b", Duration.ofSeconds(12)),
            new RunEvent.StepFailed("redis", Step.Kind.AWAIT, "release a/b ready", PROBLEM),
            new RunEvent.ComponentConverged("redis"),
            new RunEvent.ComponentFailed("redis", PROBLEM),
            new RunEvent.ComponentSkipped("platform", "redis failed"),
            new RunEvent.Running("redis", "Redis", "kubernetes.valkey", "a:6379"),
            new RunEvent.Ran(
                    "r",
                    "install",
                    Optional.empty(),
                    Instant.EPOCH,
                    Optional.of(Duration.ofSeconds(3)),
                    Optional.of(0),
                    true),
            new RunEvent.Document("rbac", "rules: []\n"),
            new RunEvent.Said(true, "careful"),
            new RunEvent.Finished(5, "A step failed", List.of(PROBLEM), List.of("btp install")));

    @TempDir
    private Path folder;

    private final ProgramRun program = new ProgramRun();

    static List<String> lines(List<RunEvent> events) {
        var json = new EventJson(InstantSource.fixed(Instant.parse("2026-08-01T12:00:00Z")));
        return events.stream().map(json::line).toList();
    }

    private int replay(List<String> lines, String... more) throws IOException {
        var file = folder.resolve("events.ndjson");
        Files.writeString(file, String.join("\n", lines));
        var arguments = new ArrayList<>(List.of("replay", file.toString()));
        arguments.addAll(List.of(more));
        return program.run(folder, arguments.toArray(String[]::new));
    }

    @Test
    void readsEveryEventAsItWasWritten() throws EventReader.Unreadable {
        var read = new ArrayList<RunEvent>();
        for (var line : lines(EVENTS)) {
            read.add(EventReader.read(line).orElseThrow().event());
        }
        assertThat(read).isEqualTo(EVENTS);
        assertThat(read.stream().map(Object::getClass).collect(Collectors.toSet()))
                .as("one of each")
                .containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
    }

    @Test
    void showsARunAsTextAndAsItWas() throws IOException {
        var withoutDocument = EVENTS.stream()
                .filter(event -> !(event instanceof RunEvent.Document))
                .toList();
        assertThat(replay(lines(withoutDocument))).isZero();
        assertThat(program.output()).contains("A step failed (embedded sandbox; 1 step in 0.0 s;", "next:");
        assertThat(program.messages())
                .contains("btp 1.0.0 install acme, run 20260801-120000-abcd", "~ redis: update release a/b, 12 s");

        assertThat(replay(lines(EVENTS), "--output", "json")).isZero();
        assertThat(program.output().lines()).containsExactlyElementsOf(lines(EVENTS));
    }

    @Test
    void saysThatAKilledRunHasNoEnd() throws IOException {
        var cut = new ArrayList<>(lines(EVENTS.subList(0, 5)));
        cut.add(lines(EVENTS).getLast().substring(0, 40));

        assertThat(replay(cut)).isZero();
        assertThat(program.output()).contains("The run has no end: it was killed, or it still runs");
        assertThat(program.messages()).contains("cut off");

        assertThat(replay(cut, "--output", "json")).isZero();
        assertThat(program.output().lines().toList().getLast()).contains("\"type\":\"result\"", "\"exitCode\":-1");
    }

    @Test
    void namesTheLineThatIsNoEvent() throws IOException {
        var bad = new ArrayList<>(lines(EVENTS));
        for (var line : List.of("", "hello", "[]", "{}", "{\"v\":1,\"type\":\"said\"}", "{\"v\":\"one\"}")) {
            bad.set(2, line);
            assertThat(replay(bad)).as(line).isEqualTo(ExitCode.USAGE);
            assertThat(program.messages())
                    .as(line)
                    .contains("events.ndjson:3: ")
                    .doesNotContain("Exception");
        }
        bad.set(2, "{\"v\":1,\"type\":\"said\",\"at\":\"2026-08-01T12:00:00Z\",\"warning\":true}");
        assertThat(replay(bad)).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages()).contains("events.ndjson:3: its content cannot be read");

        assertThat(replay(bad, "--output", "json")).isEqualTo(ExitCode.USAGE);
        assertThat(program.output().lines().toList().getLast()).contains("\"type\":\"result\"", "\"exitCode\":2");
    }

    @Test
    void refusesALaterVersionAndLeavesOutLaterTypes() throws IOException {
        var later = new ArrayList<>(lines(EVENTS));
        later.add(1, "{\"v\":1,\"type\":\"danced\",\"at\":\"2026-08-01T12:00:00Z\",\"with\":\"whom\"}");
        assertThat(replay(later)).isZero();
        assertThat(program.messages()).contains("1 events of a later program were left out");

        later.set(1, "{\"v\":2,\"type\":\"said\"}");
        assertThat(replay(later)).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages())
                .contains("events.ndjson:2: it has version 2 of the schema, this program reads up to 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-0.1", "NaN", "Infinity", "10001", "1e300"})
    void refusesASpeedThatIsNone(String speed) throws IOException {
        assertThat(replay(lines(EVENTS), "--speed=" + speed)).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages())
                .contains("--speed: expects a number from 0 to 10000")
                .doesNotContain("Exception");
    }

    @Test
    void refusesASpeedThatIsNoNumber() throws IOException {
        assertThat(replay(lines(EVENTS), "--speed=fast")).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages()).contains("--speed", "'fast'").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10000", "1e3"})
    void showsTheSameAtAnySpeedInTheSameOrder(String speed) throws IOException {
        var apart = apart(EVENTS, Duration.ofMillis(200));

        assertThat(replay(apart, "--output", "json", "--speed", speed)).isZero();
        assertThat(program.output().lines()).containsExactlyElementsOf(apart);
    }

    @Test
    void waitsForNothingWhereTimeGoesBack() throws IOException {
        var back = apart(EVENTS, Duration.ofHours(-1));

        assertThat(replay(back, "--output", "json", "--speed", "1")).isZero();
        assertThat(program.output().lines()).containsExactlyElementsOf(back);
    }

    private static List<String> apart(List<RunEvent> events, Duration step) {
        var lines = new ArrayList<String>();
        var time = Instant.parse("2026-08-01T12:00:00Z");
        for (var event : events) {
            lines.add(new EventJson(InstantSource.fixed(time)).line(event));
            time = time.plus(step);
        }
        return lines;
    }

    @Test
    void saysWhichFileIsNotThere() {
        assertThat(program.run(folder, "replay", "nowhere.ndjson")).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages()).contains("nowhere.ndjson").doesNotContain("Exception:");
    }
}
