package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why a workload is not rolled out, or a job not completed. */
final class Workloads {
    private final Reader reader;
    private final Pods pods;

    Workloads(Reader reader) {
        this.reader = reader;
        this.pods = new Pods(reader);
    }

    Optional<Problem> deployment(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        long wanted = Fields.number(object, "spec", "replicas").orElse(1L);
        long updated = count(object, "updatedReplicas");
        long available = count(object, "availableReplicas");
        long old = Math.max(0, count(object, "replicas") - updated);
        if (!Causes.isObserved(object)) {
            return Optional.of(unseen(ref));
        }
        if (updated >= wanted && available >= wanted && old == 0) {
            return Optional.empty();
        }
        var problem = old > 0 && available >= wanted
                ? Causes.waiting("%s still runs %d old pods".formatted(ref, old), "Wait for them to end")
                : notEnough(ref, available, wanted, "available");
        return Optional.of(Causes.with(problem, cause(ref, object)));
    }

    Optional<Problem> statefulSet(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        long wanted = Fields.number(object, "spec", "replicas").orElse(1L);
        long ready = count(object, "readyReplicas");
        if (!Causes.isObserved(object)) {
            return Optional.of(unseen(ref));
        }
        var manual =
                Fields.text(object, "spec", "updateStrategy", "type").orElse("").equals("OnDelete");
        long partition = Fields.number(object, "spec", "updateStrategy", "rollingUpdate", "partition")
                .orElse(0L);
        var rolled = manual || partition > 0 || count(object, "updatedReplicas") >= wanted || isOneRevision(object);
        if (ready >= wanted && rolled) {
            return Optional.empty();
        }
        var problem = ready >= wanted
                ? Causes.waiting(ref + " has not updated all its pods yet", "Wait, or see its newest pod")
                : notEnough(ref, ready, wanted, "ready");
        return Optional.of(Causes.with(problem, cause(ref, object)));
    }

    Optional<Problem> daemonSet(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        long wanted = count(object, "desiredNumberScheduled");
        long available = Math.min(count(object, "numberAvailable"), count(object, "updatedNumberScheduled"));
        if (!Causes.isObserved(object)) {
            return Optional.of(unseen(ref));
        }
        return available >= wanted
                ? Optional.empty()
                : Optional.of(Causes.with(notEnough(ref, available, wanted, "available"), cause(ref, object)));
    }

    Optional<Problem> replicaSet(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        long wanted = Fields.number(object, "spec", "replicas").orElse(1L);
        long available = count(object, "availableReplicas");
        return Causes.isObserved(object) && available >= wanted
                ? Optional.empty()
                : Optional.of(Causes.with(notEnough(ref, available, wanted, "available"), cause(ref, object)));
    }

    Optional<Problem> job(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        if (Causes.condition(object, "Complete").filter(Causes::isTrue).isPresent()) {
            return Optional.empty();
        }
        var cause = cause(ref, object);
        var failed = Causes.condition(object, "Failed").filter(Causes::isTrue);
        if (failed.isPresent()) {
            var problem = Problem.of(
                            Reason.FAILED,
                            "%s has failed for good: %s".formatted(ref, Causes.words(failed.get())),
                            "Mend what its pod names, then run the same command again")
                    .evidence(Causes.warnings(reader, ref));
            throw new ProviderException(Causes.with(problem, cause));
        }
        if (Fields.flag(object, "spec", "suspend")) {
            return Optional.of(Causes.waiting(ref + " is suspended", "Resume it: set spec.suspend to false"));
        }
        return Optional.of(Causes.with(Causes.waiting(ref + " has not completed yet", "Wait, or see its pod"), cause));
    }

    Optional<Problem> pod(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        var problem = pods.missing(ref, object);
        var never = Fields.text(object, "spec", "restartPolicy").orElse("").equals("Never");
        if (problem.isPresent()
                && never
                && Fields.text(object, "status", "phase").orElse("").equals("Failed")) {
            var last = problem.get();
            throw new ProviderException(
                    new Problem(Reason.FAILED, last.summary(), last.evidence(), last.remedy(), last.causes()));
        }
        return problem;
    }

    // Pods that cannot even be made leave their reason in the events of the one that makes them.
    private Optional<Problem> cause(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        var namespace = ref.namespace().orElse("");
        var pod = pods.worst(namespace, Fields.map(object, "spec", "selector"));
        if (pod.filter(problem -> !problem.causes().isEmpty()).isPresent()) {
            return pod;
        }
        var refused = refused(ref);
        if (refused.isPresent()) {
            return refused;
        }
        for (var replicaSet : reader.list("apps/v1", "ReplicaSet", ref.namespace(), Map.of())) {
            var made = Fields.maps(replicaSet, "metadata", "ownerReferences").stream()
                    .anyMatch(owner -> Fields.text(owner, "uid").equals(Fields.text(object, "metadata", "uid")));
            var makes = Fields.number(replicaSet, "spec", "replicas").orElse(0L) > count(replicaSet, "replicas");
            var words = made && makes ? refused(ObjectRef.to(replicaSet)) : Optional.<Problem>empty();
            if (words.isPresent()) {
                return words;
            }
        }
        return pod;
    }

    private Optional<Problem> refused(ObjectRef maker) throws InterruptedException {
        var lines = new ArrayList<String>();
        for (var line : Causes.warnings(reader, maker)) {
            if (line.startsWith("Event FailedCreate") || line.startsWith("Event ReplicaSetCreateError")) {
                lines.add(line);
            }
        }
        // They differ in the name of the pod alone; the latest says what is.
        return lines.isEmpty() ? Optional.empty() : Optional.of(refusal(maker, List.of(lines.getLast())));
    }

    private static Problem refusal(ObjectRef maker, List<String> lines) {
        var words = String.join(" ", lines);
        var summary = "The cluster does not let %s make its pods".formatted(maker);
        var refused = Refused.by(words);
        if (refused.isPresent()) {
            var by = refused.get();
            return Problem.of(by.reason(), summary + ": " + by.what(), by.remedy())
                    .evidence(lines);
        }
        if (words.contains("serviceaccount") && words.contains("not found")) {
            return Problem.of(
                            Reason.NOT_FOUND,
                            summary + ": its service account is not there",
                            "Make the service account")
                    .evidence(lines);
        }
        return Problem.of(Reason.NOT_READY, summary, "Change what the event names")
                .evidence(lines);
    }

    private static Problem notEnough(ObjectRef ref, long there, long wanted, String word) {
        return Causes.waiting("%s has %d of %d pods %s".formatted(ref, there, wanted, word), "See its newest pod");
    }

    private static Problem unseen(ObjectRef ref) {
        return Causes.waiting(
                ref + " has not been seen by its controller yet",
                "Look whether the cluster's controller manager is well");
    }

    private static boolean isOneRevision(Map<String, Object> object) {
        return Fields.text(object, "status", "currentRevision").equals(Fields.text(object, "status", "updateRevision"));
    }

    private static long count(Map<String, Object> object, String field) {
        return Fields.number(object, "status", field).orElse(0L);
    }
}
