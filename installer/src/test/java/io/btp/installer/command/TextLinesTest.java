package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Change;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextLinesTest {
    private static final String POSTGRES = "dataPlane.postgres";
    private static final RunEvent.Started STARTED =
            new RunEvent.Started("20260801-120000-abcd", "install", "acme", "1.0.0", false);
    private static final RunEvent.PlannedStep RELEASE = step(Step.Kind.CREATE, "release btp-deps/acme-postgres");
    private static final RunEvent.PlannedStep READY =
            step(Step.Kind.AWAIT, "release btp-deps/acme-postgres ready", Duration.ofMinutes(3));

    private static RunEvent.PlannedStep step(Step.Kind kind, String target) {
        return new RunEvent.PlannedStep(
                kind,
                target,
                Optional.empty(),
                List.of(),
                Step.Impact.NONE,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static RunEvent.PlannedStep step(Step.Kind kind, String target, Duration usually) {
        return new RunEvent.PlannedStep(
                kind,
                target,
                Optional.empty(),
                List.of(),
                Step.Impact.NONE,
                List.of(),
                Optional.of(usually),
                Optional.empty());
    }

    private static RunEvent.PlannedStep step(Step.Kind kind, String target, Step.Impact impact, Change... changes) {
        return new RunEvent.PlannedStep(
                kind,
                target,
                Optional.of("the answers changed"),
                List.of(changes),
                impact,
                List.of(POSTGRES),
                Optional.of(Duration.ofSeconds(10)),
                Optional.of("about 58 USD a month"));
    }

    private static RunEvent.Planned planned(String component, String title, RunEvent.PlannedStep... steps) {
        return new RunEvent.Planned(component, title, "kubernetes.cloudnative-pg", List.of(steps), Optional.empty());
    }

    private static RunEvent.StepStarted began(RunEvent.PlannedStep step) {
        return new RunEvent.StepStarted(POSTGRES, step.kind(), step.target(), step.usually());
    }

    private static RunEvent.StepProgressed said(RunEvent.PlannedStep step, String message) {
        return new RunEvent.StepProgressed(POSTGRES, step.kind(), step.target(), message);
    }

    private static RunEvent.StepFinished ended(RunEvent.PlannedStep step, Duration took) {
        return new RunEvent.StepFinished(POSTGRES, step.kind(), step.target(), took);
    }

    private static Problem stuck() {
        var scheduling = Problem.of(
                        Problem.Reason.QUOTA,
                        "Pod btp-deps/acme-postgres-1 cannot be scheduled",
                        "Give the cluster more memory, or ask for less in dataPlane.postgres.memory")
                .evidence(List.of(
                        "0/3 nodes are available: 3 Insufficient memory, and a few more words that go on and on until"
                                + " the line is over"));
        return Problem.of(
                        Problem.Reason.NOT_READY,
                        "No progress, after 6 min: Pod btp-deps/acme-postgres-1 cannot be scheduled",
                        "Give the cluster more memory, or ask for less in dataPlane.postgres.memory")
                .causedBy(Problem.of(Problem.Reason.NOT_READY, "Release btp-deps/acme-postgres is not ready", "Wait")
                        .causedBy(scheduling));
    }

    @Test
    void tellsAnInstallFromPlanToPlace() {
        var transcript = Transcript.of(TextLines.Asked.DEEDS)
                .on(STARTED, planned(POSTGRES, "PostgreSQL", RELEASE, READY), began(RELEASE))
                .after(Duration.ofSeconds(4))
                .on(ended(RELEASE, Duration.ofSeconds(4)), began(READY))
                .after(Duration.ofSeconds(2))
                .on(said(READY, "Pod btp-deps/acme-postgres-1: ContainerCreating"))
                .after(Duration.ofSeconds(70))
                .on(
                        ended(READY, Duration.ofSeconds(72)),
                        new RunEvent.ComponentConverged(POSTGRES),
                        new RunEvent.Running(
                                POSTGRES, "PostgreSQL", "kubernetes.cloudnative-pg", "acme-rw.btp-deps:5432/btp"),
                        new RunEvent.Running("platform", "platform", "btp.release", "https://btp.acme.example"),
                        new RunEvent.Finished(
                                0, "Installed", List.of(), List.of("open https://btp.acme.example", "btp status")));

        assertThat(transcript.text()).isEqualTo("""
                btp 1.0.0 install acme, run 20260801-120000-abcd
                  dataPlane.postgres by kubernetes.cloudnative-pg
                    + create release btp-deps/acme-postgres
                    . await release btp-deps/acme-postgres ready (usually 3 min)
                  + dataPlane.postgres: create release btp-deps/acme-postgres, 4.0 s
                  > dataPlane.postgres: await release btp-deps/acme-postgres ready (usually
                    3 min): Pod btp-deps/acme-postgres-1: ContainerCreating
                  > dataPlane.postgres: await release btp-deps/acme-postgres ready, for 32 s
                    (usually 3 min): Pod btp-deps/acme-postgres-1: ContainerCreating
                  > dataPlane.postgres: await release btp-deps/acme-postgres ready, for 1 min
                    2 s (usually 3 min): Pod btp-deps/acme-postgres-1: ContainerCreating
                  . dataPlane.postgres: await release btp-deps/acme-postgres ready, 1 min 12 s
                  ok dataPlane.postgres (1 of 1)
                Installed (2 steps in 1 min 16 s)
                  postgres  acme-rw.btp-deps:5432/btp  kubernetes.cloudnative-pg
                  platform  https://btp.acme.example   btp.release
                next:
                  open https://btp.acme.example
                  btp status
                """);
    }

    @Test
    void tellsCauseEvidenceAndRemedyOnceAndAgainInShortAtTheEnd() {
        var transcript = Transcript.of(TextLines.Asked.DEEDS)
                .on(
                        planned(POSTGRES, "PostgreSQL", READY),
                        began(READY),
                        new RunEvent.StepFailed(POSTGRES, READY.kind(), READY.target(), stuck()),
                        new RunEvent.ComponentFailed(POSTGRES, stuck()),
                        new RunEvent.ComponentSkipped("platform", "dataPlane.postgres failed"),
                        new RunEvent.Finished(
                                5, "A step failed; run again to go on", List.of(stuck()), List.of("btp install")));

        assertThat(transcript.text()).isEqualTo("""
                  dataPlane.postgres by kubernetes.cloudnative-pg
                    . await release btp-deps/acme-postgres ready (usually 3 min)
                  x dataPlane.postgres: await release btp-deps/acme-postgres ready
                    ! No progress, after 6 min: Pod btp-deps/acme-postgres-1 cannot be scheduled
                      because Release btp-deps/acme-postgres is not ready
                      | 0/3 nodes are available: 3 Insufficient memory, and a few more words
                      | that go on and on until the line is over
                      remedy: Give the cluster more memory, or ask for less in
                        dataPlane.postgres.memory
                  failed dataPlane.postgres
                  skipped platform because dataPlane.postgres failed
                A step failed; run again to go on (0 components done, 1 failed, 1 skipped)
                  failed   dataPlane.postgres: Pod btp-deps/acme-postgres-1 cannot be scheduled
                           remedy: Give the cluster more memory, or ask for less in
                           dataPlane.postgres.memory
                  skipped  platform because dataPlane.postgres failed
                next:
                  btp install
                """);
    }

    @Test
    void groupsAPlanByComponentWithImpactAndCounts() {
        var grow = step(
                Step.Kind.UPDATE,
                "Cluster btp-deps/acme-postgres",
                Step.Impact.RESTART,
                Change.of("spec.storage.size", "1Gi", "2Gi"),
                Change.gone("spec.bootstrap", "initdb"));
        var drop = step(Step.Kind.DELETE, "PersistentVolumeClaim btp-deps/data", Step.Impact.DATA_LOSS);
        var transcript = Transcript.of(TextLines.Asked.PLAN)
                .on(
                        planned("namespaces", "namespaces"),
                        planned(POSTGRES, "PostgreSQL", grow),
                        planned("dataPlane.redis (kubernetes.cloudnative-pg)", "Redis", drop),
                        new RunEvent.Finished(0, "2 steps to do", List.of(), List.of("btp install")));

        assertThat(transcript.text()).isEqualTo("""
                  dataPlane.postgres by kubernetes.cloudnative-pg
                    ~ update Cluster btp-deps/acme-postgres (restarts; the answers changed;
                      about 58 USD a month)
                        spec.storage.size: 1Gi -> 2Gi
                        spec.bootstrap: initdb goes
                  dataPlane.redis by kubernetes.cloudnative-pg
                    - delete PersistentVolumeClaim btp-deps/data (LOSES DATA; the answers
                      changed; about 58 USD a month)
                1 to update, 1 to delete
                restarts: dataPlane.postgres
                LOSES DATA: dataPlane.redis
                2 steps to do
                next:
                  btp install
                """);
    }

    @Test
    void showsEverythingInDetail() {
        var grow = step(Step.Kind.CREATE, "Namespace a", Step.Impact.NONE, Change.to("", "{}"), Change.to("b", 1));
        var transcript = Transcript.inDetail(TextLines.Asked.PLAN)
                .on(planned("namespaces", "namespaces"), planned(POSTGRES, "PostgreSQL", grow));

        assertThat(transcript.text()).isEqualTo("""
                  = namespaces by kubernetes.cloudnative-pg: as configured
                  dataPlane.postgres by kubernetes.cloudnative-pg
                    + create Namespace a (the answers changed; about 58 USD a month)
                        b: 1
                        after dataPlane.postgres
                """);
    }

    @Test
    void alignsChecksAndTellsWhatIsTheSameOnce() {
        var licence = Problem.of(Problem.Reason.INVALID, "The answers name no licence", "Set platform.license");
        var transcript = Transcript.of(TextLines.Asked.CHECKS)
                .on(
                        checked(
                                "postgres.answers",
                                "PostgreSQL answers",
                                RunEvent.Outcome.SIMULATED,
                                "nobody is there"),
                        checked(
                                "postgres.login",
                                "PostgreSQL lets btp in",
                                RunEvent.Outcome.SIMULATED,
                                "nobody is there"),
                        new RunEvent.Checked(
                                "platform",
                                "platform.licence",
                                "The licence is valid",
                                RunEvent.Outcome.FAILED,
                                licence.summary(),
                                Optional.of(licence)),
                        new RunEvent.Finished(4, "Checks failed; nothing was changed", List.of(licence), List.of()));

        assertThat(transcript.text()).isEqualTo("""
                  simulated dataPlane.postgres: PostgreSQL answers (nobody is there)
                  simulated dataPlane.postgres: PostgreSQL lets btp in
                  failed    platform: The licence is valid [platform.licence]
                    ! The answers name no licence
                      remedy: Set platform.license
                checks: 2 simulated, 1 failed
                Checks failed; nothing was changed
                """);
    }

    private static RunEvent.Checked checked(String id, String title, RunEvent.Outcome outcome, String detail) {
        return new RunEvent.Checked(POSTGRES, id, title, outcome, detail, Optional.empty());
    }

    @Test
    void separatesWhatWasKeptFromWhatIsNextAndNeverBreaksACommand() {
        var command = "btp uninstall --delete-data all -f /home/somebody/a/folder/with/a/long/name/indeed/btp.yaml";
        var transcript = Transcript.of(TextLines.Asked.DEEDS)
                .on(
                        new RunEvent.Started("r", "uninstall", "demo", "1", true),
                        new RunEvent.Finished(
                                0, "Uninstalled", List.of(), List.of("kept: Namespace btp-deps", command)));

        assertThat(transcript.text()).isEqualTo("""
                btp 1 uninstall demo, run r, on the embedded sandbox
                Uninstalled (embedded sandbox)
                kept:
                  Namespace btp-deps
                next:
                  %s
                """.formatted(command));
    }

    @Test
    void repeatsNoEqualLineWithinAMinute() {
        var transcript = Transcript.of(TextLines.Asked.DEEDS).on(planned(POSTGRES, "PostgreSQL", READY), began(READY));
        for (int second = 0; second < 59; second++) {
            transcript.on(said(READY, "pulling"), said(READY, "pulled")).after(Duration.ofSeconds(1));
        }

        assertThat(transcript.text().lines())
                .filteredOn(line -> line.endsWith("pulling"))
                .hasSize(1);
        assertThat(transcript.text().lines())
                .filteredOn(line -> line.endsWith("pulled"))
                .hasSize(2);
    }

    @Test
    void givesASignOfLifeEveryHalfMinuteOfWhateverRuns() {
        var transcript = Transcript.of(TextLines.Asked.DEEDS)
                .on(planned(POSTGRES, "PostgreSQL", RELEASE), began(RELEASE))
                .after(Duration.ofSeconds(95));

        assertThat(transcript.text().lines())
                .filteredOn(line -> line.startsWith("  > "))
                .hasSize(3);
        assertThat(transcript.text()).contains("create release btp-deps/acme-postgres, for 30 s\n");
    }

    @Test
    void saysNothingAfterTheEnd() {
        var transcript = Transcript.of(TextLines.Asked.DEEDS)
                .on(began(READY), new RunEvent.Finished(130, "Interrupted; run again to go on", List.of(), List.of()))
                .after(Duration.ofMinutes(2));

        assertThat(transcript.text()).isEqualTo("Interrupted; run again to go on\n");
    }

    @Test
    void coloursTheMarkAlone() {
        var transcript = Transcript.inColour(TextLines.Asked.DEEDS)
                .on(began(RELEASE), ended(RELEASE, Duration.ZERO), new RunEvent.Said(true, "the lease has expired"));

        assertThat(transcript.text()).isEqualTo("""
                  \u001b[32m+\u001b[0m dataPlane.postgres: create release btp-deps/acme-postgres
                \u001b[33mwarning:\u001b[0m the lease has expired
                """);
    }
}
