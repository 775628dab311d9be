package io.btp.installer.testkit;

import io.btp.installer.api.Installation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object in the cluster.
 *
 * @param json as the API gives it
 * @param path where the API has it
 */
record Thing(ObjectNode json, String path) {
    private static final String SHARED = "installer.btp/shared";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
    private static final Set<String> OF_THE_SERVER = Set.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "managedFields",
            "selfLink",
            "ownerReferences");
    private static final Set<String> BY_CHANCE =
            Set.of("clusterIP", "clusterIPs", "nodePort", "healthCheckNodePort", "volumeName", "nodeName");

    String kind() {
        return json.path("kind").asString();
    }

    String name() {
        return json.at("/metadata/name").asString();
    }

    /** Tells whether a controller or operator made it for another object, and makes it anew. */
    boolean isOwned() {
        return !json.at("/metadata/ownerReferences").isEmpty();
    }

    /** Tells whether it is being deleted. */
    boolean isLeaving() {
        return json.at("/metadata").has("deletionTimestamp");
    }

    /** Tells whether it is part of the history that Helm keeps, and repairs. */
    boolean isHistory() {
        return kind().equals("Secret") && json.path("type").asString("").equals("helm.sh/release.v1");
    }

    /** Tells whether it carries the owner labels, or says that installations share it. */
    boolean isMarked(Map<String, String> labels) {
        return isLabelled(labels) || json.at("/metadata/labels").has(SHARED);
    }

    private boolean isLabelled(Map<String, String> labels) {
        return labels.entrySet().stream()
                .allMatch(label -> json.at("/metadata/labels")
                        .path(label.getKey())
                        .asString("")
                        .equals(label.getValue()));
    }

    /** Gives the Helm release that it belongs to; empty for none. */
    String release() {
        return json.at("/metadata/annotations")
                .path("meta.helm.sh/release-name")
                .asString("");
    }

    /** Gives what it says, without what differs from one run to the next. */
    String content() {
        var copy = json.deepCopy();
        copy.remove("status");
        var metadata = (ObjectNode) copy.path("metadata");
        OF_THE_SERVER.forEach(metadata::remove);
        if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(key -> key.startsWith("deployment.kubernetes.io/")
                            || key.contains("volume.")
                            || key.startsWith("pv.kubernetes.io/"))
                    .toList()
                    .forEach(annotations::remove);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        if (kind().equals("Secret") && copy.path("data") instanceof ObjectNode data) {
            data.properties().forEach(entry -> {
                if (Canary.in(entry.getValue().asString()).isEmpty()) {
                    data.put(entry.getKey(), "(any)");
                }
            });
        }
        forgetChance(copy);
        return JSON.writeValueAsString(copy);
    }

    private static void forgetChance(JsonNode node) {
        if (node instanceof ObjectNode object) {
            BY_CHANCE.forEach(object::remove);
        }
        node.forEach(Thing::forgetChance);
    }

    /** Gives what somebody may see who may not read Secrets. */
    String withoutConfidence() {
        var copy = json.deepCopy();
        if (kind().equals("Secret")) {
            copy.remove("data");
        }
        return JSON.writeValueAsString(copy);
    }

    /** Gives patches that change one field each that this program, or Helm, has set. */
    List<JsonNode> patches() {
        var patches = new ArrayList<JsonNode>();
        for (var entry : json.at("/metadata/managedFields")) {
            var manager = entry.path("manager").asString("");
            if ((manager.equals("btp-installer") || manager.startsWith("helm"))
                    && entry.path("subresource").asString("").isEmpty()) {
                for (var part : List.of("data", "spec")) {
                    patches(entry.at("/fieldsV1").path("f:" + part), json.path(part), List.of(part), patches);
                }
            }
        }
        var labels = JSON.createObjectNode();
        labels.putObject("metadata").putObject("labels").put(Installation.PROVIDER_LABEL, "a-stranger");
        if (isLabelledAtAll()) {
            patches.add(labels);
        }
        return patches;
    }

    private boolean isLabelledAtAll() {
        return json.at("/metadata/labels").has(Installation.PROVIDER_LABEL);
    }

    private void patches(JsonNode fields, JsonNode value, List<String> path, List<JsonNode> patches) {
        fields.properties().forEach(field -> {
            if (!field.getKey().startsWith("f:")) {
                return;
            }
            var name = field.getKey().substring(2);
            var inner = value.path(name);
            var longer = new ArrayList<>(path);
            longer.add(name);
            if (inner.isObject()) {
                patches(field.getValue(), inner, longer, patches);
            }
            if (inner.isString() || inner.isInt() || inner.isBoolean()) {
                patches.add(patch(longer, inner));
            }
        });
    }

    private JsonNode patch(List<String> path, JsonNode value) {
        var patch = JSON.createObjectNode();
        var place = patch;
        for (var name : path.subList(0, path.size() - 1)) {
            place = place.putObject(name);
        }
        var last = path.getLast();
        if (value.isBoolean()) {
            place.put(last, !value.asBoolean());
        } else if (value.isInt()) {
            place.put(last, value.asInt() + 1);
        } else if (kind().equals("Secret")) {
            place.put(last, Base64.getEncoder().encodeToString(new byte[] {'a', 'n', 'y'}));
        } else {
            place.put(last, value.asString() + "x");
        }
        return patch;
    }
}
