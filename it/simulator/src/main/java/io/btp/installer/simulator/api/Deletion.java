package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.child;
import static io.btp.installer.simulator.api.Nodes.string;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes objects: at once, or when their finalizers and their kubelet are done. */
final class Deletion {
    private static final Set<String> PROTECTED = Set.of("default", "kube-system", "kube-public");

    private final Store store;
    private final Kinds kinds;
    private final InstantSource clock;

    Deletion(Store store, Kinds kinds, InstantSource clock) {
        this.store = store;
        this.kinds = kinds;
        this.clock = clock;
    }

    /** An object as it was last, and whether it is gone. */
    record Outcome(ObjectNode object, boolean isGone) {}

    Outcome delete(Target target, JsonNode options, boolean dryRun) {
        return store.write(() -> {
            var live = store.find(target.kind(), target.namespace(), target.name())
                    .orElseThrow(() -> Refusal.notFound(target.kind(), target.name()));
            if (target.kind().is("", "Namespace") && PROTECTED.contains(target.name())) {
                throw Refusal.forbidden(target.kind(), target.name(), "this namespace may not be deleted");
            }
            requirePreconditions(target, live, options);
            return delete(target.kind(), live, options, dryRun);
        });
    }

    private static void requirePreconditions(Target target, ObjectNode live, JsonNode options) {
        var uid = string(options, "preconditions", "uid");
        if (!uid.isEmpty() && !uid.equals(string(live, "metadata", "uid"))) {
            throw Refusal.unlike(
                    target.kind(),
                    target.name(),
                    "the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated"
                            .formatted(uid, string(live, "metadata", "uid")));
        }
        var version = string(options, "preconditions", "resourceVersion");
        if (!version.isEmpty() && !version.equals(string(live, "metadata", "resourceVersion"))) {
            throw Refusal.unlike(
                    target.kind(),
                    target.name(),
                    "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%s). The object might have been modified"
                            .formatted(version, string(live, "metadata", "resourceVersion")));
        }
    }

    private Outcome delete(Kind kind, ObjectNode live, JsonNode options, boolean dryRun) {
        var object = live.deepCopy();
        var metadata = child(object, "metadata");
        long grace = gracePeriod(kind, live, options);
        finalizers(kind, metadata, options);
        var isFirst = !metadata.has("deletionTimestamp");
        if (isFirst || grace < metadata.path("deletionGracePeriodSeconds").asLong(0)) {
            metadata.put(
                    "deletionTimestamp",
                    clock.instant()
                            .plusSeconds(grace)
                            .truncatedTo(ChronoUnit.SECONDS)
                            .toString());
            metadata.put("deletionGracePeriodSeconds", grace);
        }
        if (kind.is("", "Namespace")) {
            child(object, "status").put("phase", "Terminating");
        }
        if (isFirst && kind.has(Kind.Trait.GENERATION) && !Progress.isOver(kind, object)) {
            metadata.put("generation", metadata.path("generation").asLong(0) + 1);
        }
        if (dryRun) {
            return new Outcome(object, Progress.isOver(kind, object));
        }
        if (Progress.isOver(kind, object)) {
            return new Outcome(remove(kind, object), true);
        }
        var kept = Progress.isSame(live, object) ? live : store.put(kind, object);
        return kind.kind().equals("CustomResourceDefinition") ? cleanUp(kind, kept) : new Outcome(kept, false);
    }

    private static long gracePeriod(Kind kind, ObjectNode live, JsonNode options) {
        if (!kind.is("", "Pod")) {
            return 0;
        }
        var phase = string(live, "status", "phase");
        if (string(live, "spec", "nodeName").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
            return 0;
        }
        long own = live.path("spec").path("terminationGracePeriodSeconds").asLong(30);
        return Math.max(0, options.path("gracePeriodSeconds").asLong(own));
    }

    private static void finalizers(Kind kind, ObjectNode metadata, JsonNode options) {
        var policy = policy(kind, options);
        var finalizers = new ArrayList<>(Nodes.strings(metadata, "finalizers"));
        switch (policy) {
            case "Foreground" -> change(finalizers, "foregroundDeletion", "orphan");
            case "Orphan" -> change(finalizers, "orphan", "foregroundDeletion");
            case "Background" -> finalizers.removeAll(List.of("orphan", "foregroundDeletion"));
            case "" -> {}
            default ->
                throw Refusal.of(
                        422,
                        "Invalid",
                        "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"%s\""
                                .formatted(policy));
        }
        Nodes.assign(metadata, "finalizers", finalizers.isEmpty() ? Nodes.missing() : Nodes.strings(finalizers));
    }

    private static String policy(Kind kind, JsonNode options) {
        if (options.has("orphanDependents")) {
            return options.path("orphanDependents").asBoolean(false) ? "Orphan" : "Background";
        }
        var policy = string(options, "propagationPolicy");
        // As the API server does for compatibility, jobs deleted without a word leave their pods behind.
        return policy.isEmpty() && kind.is("batch", "Job") ? "Orphan" : policy;
    }

    private static void change(List<String> finalizers, String wanted, String unwanted) {
        finalizers.remove(unwanted);
        if (!finalizers.contains(wanted)) {
            finalizers.add(wanted);
        }
    }

    /** Removes an object for good. Only inside a write. */
    ObjectNode remove(Kind kind, ObjectNode object) {
        var last = store.remove(kind, object);
        if (kind.kind().equals("CustomResourceDefinition")) {
            kinds.forget(string(object, "metadata", "name"));
        }
        if (kind.has(Kind.Trait.CUSTOM)) {
            var definitions = Kinds.builtIn("apiextensions.k8s.io", "CustomResourceDefinition");
            store.find(definitions, "", kind.qualified())
                    .filter(definition -> definition.path("metadata").has("deletionTimestamp"))
                    .ifPresent(definition -> cleanUp(definitions, definition));
        }
        return last;
    }

    /** Deletes the objects of a definition that goes, and lets it go when there are none. */
    private Outcome cleanUp(Kind definitions, ObjectNode definition) {
        var name = string(definition, "metadata", "name");
        var stored = kinds.stored(name);
        for (var object : store.list(name, "").items()) {
            if (!object.path("metadata").has("deletionTimestamp")) {
                stored.ifPresent(kind -> delete(kind, object, Nodes.object(), false));
            }
        }
        var current = store.find(definitions, "", name);
        if (current.isEmpty()) {
            return new Outcome(definition, true);
        }
        if (!store.list(name, "").items().isEmpty()) {
            return new Outcome(current.get(), false);
        }
        var free = current.get().deepCopy();
        var finalizers = new ArrayList<>(Nodes.strings(free, "metadata", "finalizers"));
        if (finalizers.remove(Definitions.CLEANUP)) {
            child(free, "metadata").set("finalizers", Nodes.strings(finalizers));
            if (Progress.isOver(definitions, free)) {
                return new Outcome(remove(definitions, free), true);
            }
            return new Outcome(store.put(definitions, free), false);
        }
        return new Outcome(current.get(), false);
    }
}
