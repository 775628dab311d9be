package io.btp.installer.simulator.api;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Tells what a change means for an object's life. */
final class Progress {
    private Progress() {}

    /** Counts the generation up where what is wanted changed. */
    static void count(Kind kind, ObjectNode live, ObjectNode changed) {
        if (kind.has(Kind.Trait.GENERATION) && !wanted(kind, live).equals(wanted(kind, changed))) {
            Nodes.child(changed, "metadata")
                    .put("generation", live.path("metadata").path("generation").asLong(0) + 1);
        }
    }

    private static ObjectNode wanted(Kind kind, ObjectNode object) {
        var wanted = object.deepCopy();
        wanted.remove(List.of("apiVersion", "kind", "metadata"));
        if (kind.has(Kind.Trait.STATUS)) {
            wanted.remove("status");
        }
        return wanted;
    }

    /** Tells whether a write changes nothing, apart from the time at which its managers wrote. */
    static boolean isSame(ObjectNode live, ObjectNode changed) {
        return timeless(live).equals(timeless(changed));
    }

    private static ObjectNode timeless(ObjectNode object) {
        var copy = object.deepCopy();
        Nodes.child(copy, "metadata").remove("resourceVersion");
        copy.remove("apiVersion");
        Nodes.objects(copy, "metadata", "managedFields").forEach(entry -> entry.remove("time"));
        return copy;
    }

    /** Tells whether nothing keeps an object that is being deleted. */
    static boolean isOver(Kind kind, ObjectNode object) {
        var metadata = object.path("metadata");
        var hasFinalizers = !metadata.path("finalizers").isEmpty()
                || kind.is("", "Namespace")
                        && !object.path("spec").path("finalizers").isEmpty();
        return metadata.has("deletionTimestamp")
                && metadata.path("deletionGracePeriodSeconds").asLong(0) == 0
                && !hasFinalizers;
    }
}
