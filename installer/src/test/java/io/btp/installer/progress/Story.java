package io.btp.installer.progress;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A run as it is told, a second for each event unless more time passes. */
final class Story {
    static final Problem FULL = Problem.of(Problem.Reason.NOT_READY, "postgres is not ready", "Look at its pods")
            .causedBy(Problem.of(Problem.Reason.QUOTA, "There is no room on the nodes", "Add a node, or make room")
                    .evidence(List.of("0/3 nodes are available: 3 Insufficient memory.")));

    private final Progress progress = new Progress();
    private Duration now = Duration.ZERO;

    /** Begins with four components that have something to do, and one that has nothing. */
    static Story begun() {
        return new Story()
                .tells(new RunEvent.Started("20260801-120000-abcd", "install", "acme", "1.0.0", false))
                .plans("cluster", "Kubernetes cluster")
                .plans("dataPlane.postgres", "PostgreSQL", "namespace btp-data", "release btp-data/postgres", "ready")
                .plans("dataPlane.redis", "Redis", "release btp-data/redis", "ready")
                .plans("identity", "identity provider", "release btp/keycloak")
                .plans("platform", "Platform", "release btp/btp", "ready");
    }

    /** Begins, and is in the middle of two components; a third is through. */
    static Story running() {
        return begun().starts("dataPlane.redis", "release btp-data/redis")
                .finishes("dataPlane.redis", "release btp-data/redis")
                .starts("dataPlane.redis", "ready")
                .finishes("dataPlane.redis", "ready")
                .tells(new RunEvent.ComponentConverged("dataPlane.redis"))
                .starts("dataPlane.postgres", "namespace btp-data")
                .starts("identity", "release btp/keycloak")
                .finishes("dataPlane.postgres", "namespace btp-data")
                .starts("dataPlane.postgres", "release btp-data/postgres")
                .says("dataPlane.postgres", "release btp-data/postgres", "1 of 3 pods are ready")
                .passes(Duration.ofSeconds(75));
    }

    /** Goes wrong in one component, so that another one is skipped. */
    static Story failed() {
        return running()
                .finishes("identity", "release btp/keycloak")
                .tells(new RunEvent.ComponentConverged("identity"))
                .tells(new RunEvent.StepFailed(
                        "dataPlane.postgres", Step.Kind.CREATE, "release btp-data/postgres", FULL))
                .tells(new RunEvent.ComponentFailed("dataPlane.postgres", FULL))
                .tells(new RunEvent.ComponentSkipped("platform", "dataPlane.postgres failed"))
                .tells(new RunEvent.Finished(5, "A step failed", List.of(FULL), List.of("btp install")));
    }

    Story plans(String component, String title, String... targets) {
        var steps = Stream.of(targets)
                .map(target -> new RunEvent.PlannedStep(
                        Step.Kind.CREATE,
                        target,
                        Optional.empty(),
                        List.of(),
                        Step.Impact.NONE,
                        List.of(),
                        Optional.of(Duration.ofMinutes(3)),
                        Optional.empty()))
                .toList();
        return tells(new RunEvent.Planned(component, title, "kubernetes.any", steps, Optional.empty()));
    }

    Story starts(String component, String target) {
        return tells(new RunEvent.StepStarted(component, Step.Kind.CREATE, target, Optional.of(Duration.ofMinutes(3))));
    }

    Story says(String component, String target, String words) {
        return tells(new RunEvent.StepProgressed(component, Step.Kind.CREATE, target, words));
    }

    Story finishes(String component, String target) {
        return tells(new RunEvent.StepFinished(component, Step.Kind.CREATE, target, Duration.ofSeconds(1)));
    }

    Story tells(RunEvent event) {
        progress.on(event, now);
        return passes(Duration.ofSeconds(1));
    }

    Story passes(Duration time) {
        now = now.plus(time);
        return this;
    }

    Progress progress() {
        return progress;
    }

    Duration now() {
        return now;
    }
}
