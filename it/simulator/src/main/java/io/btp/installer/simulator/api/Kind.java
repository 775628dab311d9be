package io.btp.installer.simulator.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind that is served.
 *
 * @param schema the structural schema of a custom resource; empty for built-in kinds
 */
record Kind(
        String group,
        String version,
        String kind,
        String plural,
        List<String> shortNames,
        boolean namespaced,
        Set<Trait> traits,
        Optional<ObjectNode> schema) {

    /** What a kind has beyond plain objects. */
    enum Trait {
        /** Sub-resource {@code status}. */
        STATUS,
        /** Sub-resource {@code scale}. */
        SCALE,
        /** Counts changes of what is wanted. */
        GENERATION,
        /** Defined by a custom resource definition. */
        CUSTOM,
        /** Answered at once and never stored. */
        REVIEW
    }

    Kind {
        shortNames = List.copyOf(shortNames);
        traits = Set.copyOf(traits);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    boolean is(String groupToMatch, String kindToMatch) {
        return group.equals(groupToMatch) && kind.equals(kindToMatch);
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Gives {@code plural.group}, or the plural alone in the core group. */
    String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    List<String> verbs() {
        return has(Trait.REVIEW)
                ? List.of("create")
                : List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
    }
}
