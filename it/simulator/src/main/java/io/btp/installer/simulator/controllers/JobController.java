package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Happening;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Runs the pods of a Job until enough have succeeded or too many failed. */
final class JobController implements Controller<Key> {
    private final Cluster cluster;
    private final Store jobs;
    private final Store pods;

    JobController(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.jobs = cluster.store(Kind.JOB);
        this.pods = cluster.store(Kind.POD);
    }

    @Override
    public String name() {
        return "job-controller";
    }

    @Override
    public void watch(Loop<Key> loop) {
        jobs.onChange(job -> loop.add(Meta.key(job)));
        pods.onChange(pod -> Meta.controllerKey(pod, Kind.JOB).forEach(loop::add));
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = jobs.find(key);
        if (found.isEmpty() || Meta.isLeaving(found.get())) {
            return;
        }
        var job = found.get();
        if (Meta.isTrue(job, "Complete") || Meta.isTrue(job, "Failed")) {
            expire(job, key, loop);
            return;
        }
        if (Json.at(job, "spec", "suspend").asBoolean(false)) {
            return;
        }
        run(job, key, loop);
    }

    private void expire(ObjectNode job, Key key, Loop<Key> loop) throws IOException, InterruptedException {
        if (!job.path("spec").has("ttlSecondsAfterFinished")) {
            return;
        }
        var end = Meta.condition(job, Meta.isTrue(job, "Complete") ? "Complete" : "Failed")
                .map(known -> Json.text(known, "lastTransitionTime"))
                .orElse(cluster.time());
        var left = left(end, Json.number(job, 0, "spec", "ttlSecondsAfterFinished"));
        if (left.isPositive()) {
            loop.add(key, left);
            return;
        }
        cluster.delete(Kind.JOB, job, "propagationPolicy", "Background");
    }

    private Duration left(String since, int seconds) {
        return Duration.between(cluster.now(), Instant.parse(since).plusSeconds(seconds));
    }

    private void run(ObjectNode job, Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var mine = pods.controlledBy(job).toList();
        var succeeded = count(mine, "Succeeded");
        var failed = count(mine, "Failed");
        var wanted = Json.number(job, 1, "spec", "completions");
        var since = Json.text(job, "status", "startTime").isEmpty()
                ? cluster.time()
                : Json.text(job, "status", "startTime");
        var limit = Json.number(job, 0, "spec", "activeDeadlineSeconds");
        if (succeeded >= wanted) {
            finish(job, since, mine, "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
            return;
        }
        if (failed > Json.number(job, 6, "spec", "backoffLimit")) {
            finish(job, since, mine, "Failed", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
            return;
        }
        if (limit > 0 && !left(since, limit).isPositive()) {
            finish(job, since, mine, "Failed", "DeadlineExceeded", "Job was active longer than specified deadline");
            return;
        }
        if (limit > 0) {
            loop.add(key, left(since, limit));
        }
        var active = (int) mine.stream().filter(Pods::isActive).count();
        var missing = Math.min(Json.number(job, 1, "spec", "parallelism") - active, wanted - succeeded - active);
        for (var number = 0; number < missing; number++) {
            create(job, mine.size() + number);
        }
        var alive = pods.controlledBy(job).filter(Pods::isActive).toList();
        cluster.status(
                Kind.JOB,
                job,
                Json.object(
                        "startTime",
                        since,
                        "active",
                        alive.size(),
                        "ready",
                        (int) alive.stream().filter(Pods::isReady).count(),
                        "succeeded",
                        succeeded,
                        "failed",
                        failed,
                        "terminating",
                        0,
                        "uncountedTerminatedPods",
                        Map.of()));
    }

    private static int count(List<ObjectNode> pods, String phase) {
        return (int) pods.stream()
                .filter(pod -> Json.text(pod, "status", "phase").equals(phase))
                .count();
    }

    /** Pods are numbered, so that a repeated call makes none twice. */
    private void create(ObjectNode job, int number) throws IOException, InterruptedException {
        var labels = Map.of(
                "batch.kubernetes.io/job-name",
                Meta.name(job),
                "job-name",
                Meta.name(job),
                "batch.kubernetes.io/controller-uid",
                Meta.uid(job),
                "controller-uid",
                Meta.uid(job));
        var name = Meta.name(job) + "-"
                + Pods.hash(Json.node(Meta.uid(job) + number)).substring(0, 5);
        cluster.create(Kind.POD, Pods.from(job.path("spec").path("template"), Kind.JOB, job, name, labels));
        cluster.event(Kind.JOB, job, Happening.normal(name(), "SuccessfulCreate", "Created pod: " + name));
    }

    private void finish(ObjectNode job, String since, List<ObjectNode> mine, String type, String reason, String message)
            throws IOException, InterruptedException {
        for (var pod : mine.stream().filter(Pods::isActive).toList()) {
            cluster.delete(Kind.POD, pod);
        }
        var isComplete = type.equals("Complete");
        var status = Json.object(
                "startTime",
                since,
                "succeeded",
                count(mine, "Succeeded"),
                "failed",
                count(mine, "Failed"),
                "ready",
                0,
                "terminating",
                0,
                "uncountedTerminatedPods",
                Map.of(),
                "conditions",
                Json.array(
                        condition(job, isComplete ? "SuccessCriteriaMet" : "FailureTarget", reason, message),
                        condition(job, type, reason, message)));
        if (isComplete) {
            status.put("completionTime", cluster.time());
        }
        cluster.status(Kind.JOB, job, status);
        cluster.event(
                Kind.JOB,
                job,
                isComplete
                        ? Happening.normal(name(), "Completed", "Job completed")
                        : Happening.warning(name(), reason, message));
    }

    private ObjectNode condition(ObjectNode job, String type, String reason, String message) {
        var condition = Status.condition(job, type, true, reason, message, cluster.time());
        condition.put("lastProbeTime", cluster.time()).remove("lastUpdateTime");
        return condition;
    }
}
