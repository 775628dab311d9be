package io.btp.installer.simulator.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one place of an object is merged and owned: as a whole, field by field, or item by item. */
sealed interface Shape {
    /** How a list is merged. */
    enum Merging {
        WHOLE,
        SET,
        BY_KEY
    }

    Shape field(String name);

    Shape items();

    Merging list();

    /** Gives the fields that tell items apart, in alphabetical order. */
    List<String> keys();

    /** Tells whether an object here is owned as a whole. */
    boolean whole();

    static Shape of(Kind kind) {
        return kind.has(Kind.Trait.CUSTOM)
                ? new Structural(kind.schema().orElseGet(Nodes::object), true)
                : new BuiltIn(kind.kind(), "", "");
    }

    /** Gives what tells an item of a keyed list from the others; empty where a key is missing. */
    static Optional<ObjectNode> key(JsonNode item, Shape list) {
        var key = Nodes.object();
        for (var name : list.keys()) {
            var value = item.path(name);
            if (value.isMissingNode() && !name.equals("protocol")) {
                return Optional.empty();
            }
            key.set(name, value.isMissingNode() ? Nodes.text("TCP") : value);
        }
        return Optional.of(key);
    }

    /** A place in a built-in kind, known by its name and the name of the place around it. */
    record BuiltIn(String kind, String around, String name) implements Shape {
        private static final Map<String, List<String>> KEYS = Map.ofEntries(
                Map.entry("containers", List.of("name")),
                Map.entry("initContainers", List.of("name")),
                Map.entry("ephemeralContainers", List.of("name")),
                Map.entry("env", List.of("name")),
                Map.entry("volumes", List.of("name")),
                Map.entry("volumeMounts", List.of("mountPath")),
                Map.entry("volumeDevices", List.of("devicePath")),
                Map.entry("imagePullSecrets", List.of("name")),
                Map.entry("secrets", List.of("name")),
                Map.entry("webhooks", List.of("name")),
                Map.entry("resourceClaims", List.of("name")),
                Map.entry("schedulingGates", List.of("name")),
                Map.entry("matchConditions", List.of("name")),
                Map.entry("conditions", List.of("type")),
                Map.entry("addresses", List.of("type")),
                Map.entry("hostAliases", List.of("ip")),
                Map.entry("podIPs", List.of("ip")),
                Map.entry("ownerReferences", List.of("uid")),
                Map.entry("topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")));
        private static final Set<String> WHOLE = Set.of(
                "selector",
                "nodeSelector",
                "labelSelector",
                "namespaceSelector",
                "podSelector",
                "objectSelector",
                "configMapKeyRef",
                "secretKeyRef",
                "fieldRef",
                "resourceFieldRef",
                "claimRef",
                "roleRef",
                "involvedObject",
                "targetRef",
                "scaleTargetRef",
                "secretRef");
        private static final Set<String> WITH_KEYED_ADDRESSES = Set.of("Node");

        @Override
        public Shape field(String field) {
            return new BuiltIn(kind, name, field);
        }

        @Override
        public Shape items() {
            return new BuiltIn(kind, around, name);
        }

        @Override
        public Merging list() {
            if (name.equals("finalizers")) {
                return Merging.SET;
            }
            return keys().isEmpty() ? Merging.WHOLE : Merging.BY_KEY;
        }

        @Override
        public List<String> keys() {
            if (name.equals("ports")) {
                return ports();
            }
            if (name.equals("addresses") && !WITH_KEYED_ADDRESSES.contains(kind)) {
                return List.of();
            }
            return KEYS.getOrDefault(name, List.of());
        }

        private List<String> ports() {
            if (kind.equals("Service") && around.equals("spec")) {
                return List.of("port", "protocol");
            }
            return around.endsWith("ontainers") ? List.of("containerPort", "protocol") : List.of();
        }

        @Override
        public boolean whole() {
            return WHOLE.contains(name) && !around.equals("labels") && !around.equals("data");
        }
    }

    /** A place in a custom resource, as its schema says. */
    record Structural(JsonNode schema, boolean root) implements Shape {
        @Override
        public Shape field(String field) {
            if (root && field.equals("metadata")) {
                return new BuiltIn("", "", "metadata");
            }
            var property = schema.path("properties").path(field);
            return new Structural(property.isMissingNode() ? schema.path("additionalProperties") : property, false);
        }

        @Override
        public Shape items() {
            return new Structural(schema.path("items"), false);
        }

        @Override
        public Merging list() {
            return switch (Nodes.string(schema, "x-kubernetes-list-type")) {
                case "map" -> Merging.BY_KEY;
                case "set" -> Merging.SET;
                default -> Merging.WHOLE;
            };
        }

        @Override
        public List<String> keys() {
            return Nodes.strings(schema, "x-kubernetes-list-map-keys").stream()
                    .sorted()
                    .toList();
        }

        @Override
        public boolean whole() {
            return Nodes.string(schema, "x-kubernetes-map-type").equals("atomic");
        }
    }
}
