package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.child;
import static io.btp.installer.simulator.api.Nodes.defaultTo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What is particular about custom resource definitions. */
final class Definitions {
    static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    private Definitions() {}

    static void fill(ObjectNode definition) {
        var names = child(child(definition, "spec"), "names");
        var kind = Nodes.string(names, "kind");
        defaultTo(names, "singular", kind.toLowerCase(Locale.ROOT));
        defaultTo(names, "listKind", kind + "List");
        defaultTo(child(child(definition, "spec"), "conversion"), "strategy", "None");
    }

    /** Says that the definition is served, and that its objects are to be removed before it is. */
    static void establish(ObjectNode definition, Instant now) {
        var status = child(definition, "status");
        status.set("acceptedNames", child(child(definition, "spec"), "names").deepCopy());
        var stored = Nodes.objects(definition, "spec", "versions").stream()
                .filter(version -> version.path("storage").asBoolean(false))
                .map(version -> Nodes.string(version, "name"))
                .toList();
        status.set("storedVersions", Nodes.strings(stored));
        if (!status.has("conditions")) {
            var conditions = status.putArray("conditions");
            condition(conditions.addObject(), "NamesAccepted", "NoConflicts", "no conflicts found", now);
            condition(
                    conditions.addObject(),
                    "Established",
                    "InitialNamesAccepted",
                    "the initial names have been accepted",
                    now);
        }
        var metadata = child(definition, "metadata");
        var finalizers = new ArrayList<>(Nodes.strings(metadata, "finalizers"));
        if (!finalizers.contains(CLEANUP) && !metadata.has("deletionTimestamp")) {
            finalizers.add(CLEANUP);
            metadata.set("finalizers", Nodes.strings(finalizers));
        }
    }

    private static void condition(ObjectNode condition, String type, String reason, String message, Instant now) {
        condition.put("type", type).put("status", "True").put("reason", reason).put("message", message);
        condition.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    static List<Refusal.Cause> causes(ObjectNode definition) {
        var causes = new ArrayList<Refusal.Cause>();
        var spec = definition.path("spec");
        var wanted = Nodes.string(spec, "names", "plural") + "." + Nodes.string(spec, "group");
        var name = Nodes.string(definition, "metadata", "name");
        if (!name.equals(wanted)) {
            causes.add(Refusal.Cause.invalid(
                    "metadata.name", "\"" + name + "\"", "must be spec.names.plural+\".\"+spec.group"));
        }
        if (Nodes.string(spec, "names", "kind").isEmpty()) {
            causes.add(Refusal.Cause.required("spec.names.kind", ""));
        }
        var scope = Nodes.string(spec, "scope");
        if (!scope.equals("Namespaced") && !scope.equals("Cluster")) {
            causes.add(Refusal.Cause.required("spec.scope", ""));
        }
        var versions = Nodes.objects(spec, "versions");
        if (versions.stream()
                        .filter(version -> version.path("storage").asBoolean(false))
                        .count()
                != 1) {
            causes.add(Refusal.Cause.invalid(
                    "spec.versions", "null", "must have exactly one version marked as storage version"));
        }
        for (int index = 0; index < versions.size(); index++) {
            if (!versions.get(index).path("schema").has("openAPIV3Schema")) {
                causes.add(Refusal.Cause.required(
                        "spec.versions[%d].schema.openAPIV3Schema".formatted(index), "schemas are required"));
            }
        }
        return causes;
    }
}
