package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.event.RunEvent;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that are skipped, and the end-to-end checks by themselves. */
class ProvingTest {
    private static final Problem PROBLEM = Problem.of(Problem.Reason.UNREACHABLE, "It does not answer", "Look at it");

    @TempDir
    private Path state;

    private final Stack stack = new Stack(new World(), target -> {});
    private final List<RunEvent> events = new ArrayList<>();

    private Engine engine(Map<String, String> skipped, Check... smoke) {
        var settings = new Settings("run-1", "check", "0.1.0", state, 4, Map.of(), skipped, true, Set.of());
        return new Engine(
                stack.host(),
                events::add,
                stack.stop(),
                Pace.real(),
                InstantSource.system(),
                settings,
                records -> List.of(smoke));
    }

    private Project project(Check... checks) {
        var project = stack.project();
        return new Project(
                project.installation(),
                project.home(),
                project.members(),
                project.support(),
                project.catalogue(),
                List.of(checks),
                project.answers(),
                project.past(),
                project.plugins());
    }

    private static Check check(String id, Check.Result result) {
        return Check.of(id, "It answers", () -> result);
    }

    private RunEvent.Finished end() {
        return (RunEvent.Finished) events.getLast();
    }

    @Test
    void skipsACheckForAReasonThatIsTold() throws InterruptedException {
        var code = engine(Map.of("database.answers", "it is being moved"))
                .check(project(check("database.answers", new Check.Result.Failed(PROBLEM))), Set.of());

        assertThat(code).isZero();
        assertThat(events)
                .filteredOn(RunEvent.Checked.class::isInstance)
                .extracting(event -> (RunEvent.Checked) event)
                .singleElement()
                .satisfies(checked -> {
                    assertThat(checked.outcome()).isEqualTo(RunEvent.Outcome.SKIPPED);
                    assertThat(checked.detail()).isEqualTo("it is being moved");
                });
    }

    @Test
    void notesTheReasonInTheRecord() throws InterruptedException {
        engine(Map.of("database.answers", "it is being moved"))
                .install(
                        project(check("database.answers", new Check.Result.Failed(PROBLEM))),
                        plan -> true,
                        Optional.empty());

        var record = engine(Map.of()).record(stack.project()).orElseThrow();
        assertThat(record.runs().getLast().skipped()).contains(Map.of("database.answers", "it is being moved"));
        assertThat(record.runs().getLast().who()).contains(Owner.here());
    }

    @Test
    void refusesToSkipWhatThereIsNot() {
        var engine = engine(Map.of("answers.databse", "typo"), check("platform.answers", new Check.Result.Passed("")));

        assertThatThrownBy(
                        () -> engine.check(project(check("answers.database", new Check.Result.Passed(""))), Set.of()))
                .isInstanceOf(SkipRefused.class)
                .hasMessageContaining("there are answers.database, platform.answers");
    }

    @Test
    void refusesToSkipWhatIsStrict() {
        var engine = engine(Map.of("answers.secrets", "no time"));

        assertThatThrownBy(() -> engine.check(
                        project(check("answers.secrets", new Check.Result.Passed(""))
                                .asStrict()),
                        Set.of()))
                .isInstanceOf(SkipRefused.class)
                .hasMessageContaining("strict");
    }

    @Test
    void refusesToSkipForNoReason() {
        var engine = engine(Map.of("answers.database", " "));

        assertThatThrownBy(
                        () -> engine.check(project(check("answers.database", new Check.Result.Passed(""))), Set.of()))
                .isInstanceOf(SkipRefused.class)
                .hasMessageContaining("no reason");
    }

    @Test
    void warnsOfAnIdWhoseSlotIsNotThereYet() throws InterruptedException {
        assertThat(engine(Map.of("database.login", "later")).check(project(), Set.of()))
                .isZero();
        assertThat(events)
                .anyMatch(event -> event instanceof RunEvent.Said said
                        && said.warning()
                        && said.message().contains("database.login"));
    }

    @Test
    void verifiesNoMoreThanWasProved() throws InterruptedException {
        var passed = check("a", new Check.Result.Passed("200"));
        var simulated = check("b", new Check.Result.Simulated("nobody is there"));

        assertThat(engine(Map.of(), passed).verify(project())).isZero();
        assertThat(end().outcome()).startsWith("Verified:");
        assertThat(engine(Map.of(), passed, simulated).verify(project())).isZero();
        assertThat(end().outcome()).isEqualTo("Verified in part: 1 of 2 checks were proved");
        assertThat(engine(Map.of(), simulated).verify(project())).isZero();
        assertThat(end().outcome()).startsWith("Nothing was proved");
    }

    @Test
    void endsUnhealthyWhereACheckFailsOrThereIsNothingToVerify() throws InterruptedException {
        assertThat(engine(Map.of(), check("a", new Check.Result.Failed(PROBLEM)))
                        .verify(project()))
                .isEqualTo(ExitCode.NOT_CONVERGED);
        assertThat(end().problems()).containsExactly(PROBLEM);
        assertThat(engine(Map.of()).verify(project())).isEqualTo(ExitCode.NOT_CONVERGED);
    }
}
