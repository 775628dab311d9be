package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.at;
import static io.btp.installer.simulator.api.Nodes.string;

import io.btp.installer.simulator.api.Refusal.Cause;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Refuses changes of what may not change, in the API server's words. */
final class Immutability {
    private static final List<String> STATEFUL_SET_CHANGEABLE = List.of(
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds");

    private Immutability() {}

    static void check(Kind kind, ObjectNode old, ObjectNode changed, List<Cause> causes) {
        var added = Nodes.strings(changed, "metadata", "finalizers");
        added.removeAll(Nodes.strings(old, "metadata", "finalizers"));
        if (at(old, "metadata").has("deletionTimestamp") && !added.isEmpty()) {
            causes.add(Cause.forbidden(
                    "metadata.finalizers",
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{\"%s\"}"
                            .formatted(String.join("\", \"", added))));
        }
        if (kind.has(Kind.Trait.CUSTOM)) {
            return;
        }
        switch (kind.kind()) {
            case "Deployment", "ReplicaSet", "DaemonSet" ->
                same(old, changed, causes, "field is immutable", "spec", "selector");
            case "StatefulSet" -> statefulSet(old, changed, causes);
            case "Job" -> {
                same(old, changed, causes, "field is immutable", "spec", "template");
                same(old, changed, causes, "field is immutable", "spec", "selector");
                same(old, changed, causes, "field is immutable", "spec", "completions");
            }
            case "Service" -> service(old, changed, causes);
            case "PersistentVolumeClaim" -> claim(old, changed, causes);
            case "Secret" -> {
                same(old, changed, causes, "field is immutable", "type");
                sealed(old, changed, causes, "data");
            }
            case "ConfigMap" -> {
                sealed(old, changed, causes, "data");
                sealed(old, changed, causes, "binaryData");
            }
            case "RoleBinding", "ClusterRoleBinding" -> role(old, changed, causes);
            case "StorageClass" -> storageClass(old, changed, causes);
            case "CustomResourceDefinition" -> {
                same(old, changed, causes, "field is immutable", "spec", "scope");
                same(old, changed, causes, "field is immutable", "spec", "group");
            }
            case "Pod" -> pod(old, changed, causes);
            default -> {}
        }
    }

    private static void same(ObjectNode old, ObjectNode changed, List<Cause> causes, String words, String... path) {
        if (!at(old, path).equals(at(changed, path))) {
            causes.add(Cause.invalid(String.join(".", path), at(changed, path).toString(), words));
        }
    }

    private static void role(ObjectNode old, ObjectNode changed, List<Cause> causes) {
        if (old.path("roleRef").equals(changed.path("roleRef"))) {
            return;
        }
        // The API server shows its own structure here.
        var shown = Nodes.object().put("APIGroup", string(changed, "roleRef", "apiGroup"));
        shown.put("Kind", string(changed, "roleRef", "kind")).put("Name", string(changed, "roleRef", "name"));
        causes.add(Cause.invalid("roleRef", shown.toString(), "cannot change roleRef"));
    }

    private static void statefulSet(ObjectNode old, ObjectNode changed, List<Cause> causes) {
        var before = ((ObjectNode) old.path("spec").deepCopy()).remove(STATEFUL_SET_CHANGEABLE);
        var after = ((ObjectNode) changed.path("spec").deepCopy()).remove(STATEFUL_SET_CHANGEABLE);
        if (!before.equals(after)) {
            causes.add(
                    Cause.forbidden(
                            "spec",
                            "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
        }
    }

    private static void service(ObjectNode old, ObjectNode changed, List<Cause> causes) {
        var before = string(old, "spec", "clusterIP");
        var after = string(changed, "spec", "clusterIP");
        var isStill = !string(changed, "spec", "type").equals("ExternalName");
        if (isStill && !before.isEmpty() && !before.equals(after)) {
            causes.add(Cause.invalid("spec.clusterIPs[0]", "[\"%s\"]".formatted(after), "may not change once set"));
        }
    }

    private static void claim(ObjectNode old, ObjectNode changed, List<Cause> causes) {
        var before = old.path("spec").deepCopy();
        var after = changed.path("spec").deepCopy();
        for (var spec : List.of(before, after)) {
            if (spec instanceof ObjectNode fields) {
                // A binder sets the volume once; only the size may change later.
                fields.remove(List.of("resources", "volumeAttributesClassName"));
                if (string(old, "spec", "volumeName").isEmpty()) {
                    fields.remove("volumeName");
                }
            }
        }
        if (!before.equals(after)) {
            causes.add(
                    Cause.forbidden(
                            "spec",
                            "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"));
        }
        var sizeBefore = Validation.quantity(string(old, "spec", "resources", "requests", "storage"));
        var sizeAfter = Validation.quantity(string(changed, "spec", "resources", "requests", "storage"));
        if (sizeAfter.compareTo(sizeBefore) < 0) {
            causes.add(
                    Cause.forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
        }
    }

    private static void sealed(ObjectNode old, ObjectNode changed, List<Cause> causes, String field) {
        if (!old.path("immutable").asBoolean(false)) {
            return;
        }
        if (!changed.path("immutable").asBoolean(false)) {
            causes.add(Cause.forbidden("immutable", "field is immutable when `immutable` is set"));
        }
        if (!old.path(field).equals(changed.path(field))) {
            causes.add(Cause.forbidden(field, "field is immutable when `immutable` is set"));
        }
    }

    private static void storageClass(ObjectNode old, ObjectNode changed, List<Cause> causes) {
        for (var field : List.of("provisioner", "parameters", "reclaimPolicy", "volumeBindingMode")) {
            if (!old.path(field).equals(changed.path(field))) {
                causes.add(Cause.forbidden(field, "updates to %s are forbidden.".formatted(field)));
            }
        }
    }

    private static void pod(ObjectNode old, ObjectNode changed, List<Cause> causes) {
        var names = List.of(old, changed).stream()
                .map(pod -> Nodes.objects(pod, "spec", "containers").stream()
                        .map(container -> string(container, "name"))
                        .toList())
                .toList();
        if (!names.getFirst().equals(names.getLast())) {
            causes.add(Cause.forbidden("spec.containers", "pod updates may not add or remove containers"));
        }
    }
}
