package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.util.ArrayList;
import java.util.Map;

/** Says what keeps an object that is being removed. */
final class Remains {
    private Remains() {}

    static Problem of(ObjectRef ref, Map<String, Object> object) {
        var finalizers = new ArrayList<>(Fields.texts(object, "metadata", "finalizers"));
        finalizers.addAll(Fields.texts(object, "spec", "finalizers"));
        var evidence = new ArrayList<String>();
        for (var condition : Fields.maps(object, "status", "conditions")) {
            if (Fields.text(condition, "status").orElse("").equals("True")) {
                Fields.text(condition, "message")
                        .filter(text -> !text.isBlank())
                        .ifPresent(evidence::add);
            }
        }
        var deleted = Fields.text(object, "metadata", "deletionTimestamp");
        if (deleted.isEmpty()) {
            return Problem.of(
                    Reason.CONFLICT,
                    ref + " is there, and is not being removed",
                    "See who makes it again: a chart, an operator or a GitOps tool");
        }
        evidence.addFirst("It has been marked for removal since " + deleted.get());
        if (finalizers.isEmpty()) {
            return Problem.of(
                            Reason.NOT_READY,
                            ref + " is still being removed",
                            "Look whether its node and the cluster's controllers are well")
                    .evidence(evidence);
        }
        var names = String.join(", ", finalizers);
        return Problem.of(
                        Reason.NOT_READY,
                        "%s is still being removed: it waits for %s".formatted(ref, names),
                        remedy(ref, names))
                .evidence(evidence);
    }

    private static String remedy(ObjectRef ref, String finalizers) {
        if (finalizers.contains("kubernetes.io/pvc-protection")) {
            return "Remove the pods that use the claim";
        }
        if (ref.kind().equals("Namespace")) {
            return "Remove what the conditions of the namespace name; an API service that does not answer also keeps it";
        }
        if (finalizers.contains("foregroundDeletion")) {
            return "Wait for what it owns, or see which of its pods do not end";
        }
        return "See that the operator that owns the finalizer runs; only when it is gone for good, take the finalizer off"
                + " with kubectl patch";
    }
}
