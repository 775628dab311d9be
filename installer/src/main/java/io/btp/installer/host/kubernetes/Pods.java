package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says why pods are not ready. */
final class Pods {
    private final Reader reader;
    private final Containers containers;
    private final Claims claims;

    Pods(Reader reader) {
        this.reader = reader;
        this.containers = new Containers(reader);
        this.claims = new Claims(reader);
    }

    /** Gives what is wrong with the newest pod of a workload that is not ready; empty where all are. */
    Optional<Problem> worst(String namespace, Map<String, Object> selector) throws InterruptedException {
        return worst(reader.list("v1", "Pod", Optional.of(namespace), labels(selector)));
    }

    /** Gives what is wrong with the pods that an operator made for an object; empty where it made none, or all are well. */
    Optional<Problem> worstOf(Map<String, Object> owner) throws InterruptedException {
        var namespace = Fields.text(owner, "metadata", "namespace");
        var uid = Fields.text(owner, "metadata", "uid");
        if (namespace.isEmpty() || uid.isEmpty()) {
            return Optional.empty();
        }
        return worst(reader.list("v1", "Pod", namespace, Map.of()).stream()
                .filter(pod -> Fields.maps(pod, "metadata", "ownerReferences").stream()
                        .anyMatch(reference -> Fields.text(reference, "uid").equals(uid)))
                .toList());
    }

    private Optional<Problem> worst(List<Map<String, Object>> candidates) throws InterruptedException {
        var pods = new ArrayList<>(candidates);
        pods.sort(Comparator.comparing((Map<String, Object> pod) ->
                        Fields.text(pod, "metadata", "creationTimestamp").orElse(""))
                .reversed());
        Optional<Problem> first = Optional.empty();
        for (var pod : pods) {
            var problem = isEnding(pod) ? Optional.<Problem>empty() : missing(ObjectRef.to(pod), pod);
            if (problem.filter(found -> !found.causes().isEmpty()).isPresent()) {
                return problem;
            }
            first = first.or(() -> problem);
        }
        return first;
    }

    /** Says why one pod is neither ready nor completed. */
    Optional<Problem> missing(ObjectRef ref, Map<String, Object> pod) throws InterruptedException {
        var phase = Fields.text(pod, "status", "phase").orElse("Pending");
        var ready = Causes.condition(pod, "Ready").filter(Causes::isTrue).isPresent();
        if (phase.equals("Succeeded") || (phase.equals("Running") && ready)) {
            return Optional.empty();
        }
        var problem = Causes.waiting(
                "%s is %s, expected ready".formatted(ref, phase.equals("Running") ? "running, not ready" : word(phase)),
                "See kubectl describe pod " + ref.name());
        var scheduled = Causes.condition(pod, "PodScheduled");
        if (scheduled.isPresent() && !Causes.isTrue(scheduled.get())) {
            return Optional.of(problem.causedBy(unscheduled(ref, pod, scheduled.get())));
        }
        return Optional.of(Causes.with(problem, cause(ref, pod)));
    }

    private Optional<Problem> cause(ObjectRef ref, Map<String, Object> pod) throws InterruptedException {
        var container = containers.worst(ref, pod);
        if (container.isPresent()) {
            return container;
        }
        var message = Fields.text(pod, "status", "message");
        if (message.isPresent()) {
            return Optional.of(Causes.waiting(
                    "The node ended the pod: " + message.get(), "See whether the node has enough memory and disk"));
        }
        var warnings = Causes.warnings(reader, ref);
        return warnings.isEmpty()
                ? Optional.empty()
                : Optional.of(Causes.waiting("The node cannot start the pod", "Mend what the last event names")
                        .evidence(warnings));
    }

    private Problem unscheduled(ObjectRef ref, Map<String, Object> pod, Map<String, Object> scheduled)
            throws InterruptedException {
        var message = Fields.text(scheduled, "message").orElse("");
        var claim = unboundClaim(ref, pod);
        if (claim.isPresent()) {
            return Causes.waiting("No node can take the pod, as its storage is not there", "Mend the storage")
                    .evidence(List.of(message))
                    .causedBy(claim.get());
        }
        var reason =
                message.contains("Insufficient") || message.contains("Too many pods") ? Reason.QUOTA : Reason.NOT_READY;
        return Problem.of(
                        reason,
                        "No node can take the pod: " + (message.isEmpty() ? "the scheduler has not said why" : message),
                        remedy(message))
                .evidence(Causes.warnings(reader, ref));
    }

    private static String remedy(String message) {
        if (message.contains("Insufficient") || message.contains("Too many pods")) {
            return "Add nodes, or ask for less CPU and memory in the answers";
        }
        if (message.contains("taint")) {
            return "Take the taint off a node, or set a toleration in the values";
        }
        if (message.contains("affinity") || message.contains("selector")) {
            return "Label a node as the pod asks, or change the node selector in the values";
        }
        return "See whether the cluster has ready nodes and a scheduler";
    }

    private Optional<Problem> unboundClaim(ObjectRef ref, Map<String, Object> pod) throws InterruptedException {
        for (var volume : Fields.maps(pod, "spec", "volumes")) {
            var name = Fields.text(volume, "persistentVolumeClaim", "claimName");
            if (name.isPresent()) {
                var claimRef = ObjectRef.of(
                        "v1", "PersistentVolumeClaim", ref.namespace().orElse(""), name.get());
                var claim = reader.find(claimRef);
                var problem =
                        claim.isEmpty() ? Optional.of(Causes.absent(claimRef)) : claims.missing(claimRef, claim.get());
                if (problem.isPresent()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isEnding(Map<String, Object> pod) {
        return Fields.isGoing(pod);
    }

    private static String word(String phase) {
        return phase.toLowerCase(java.util.Locale.ROOT);
    }

    private static Map<String, String> labels(Map<String, Object> selector) {
        var labels = new java.util.LinkedHashMap<String, String>();
        Fields.map(selector, "matchLabels").forEach((key, value) -> labels.put(key, String.valueOf(value)));
        return labels;
    }
}
