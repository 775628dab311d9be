package io.btp.installer.simulator.client;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an object's metadata. */
public final class Meta {
    private Meta() {}

    public static Key key(JsonNode object) {
        return new Key(namespace(object), name(object));
    }

    public static String name(JsonNode object) {
        return Json.text(object, "metadata", "name");
    }

    public static String namespace(JsonNode object) {
        return Json.text(object, "metadata", "namespace");
    }

    public static String uid(JsonNode object) {
        return Json.text(object, "metadata", "uid");
    }

    public static long generation(JsonNode object) {
        return Json.at(object, "metadata", "generation").asLong(0);
    }

    /** Says whether the object's deletion was asked for. */
    public static boolean isLeaving(JsonNode object) {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
    }

    public static String annotation(JsonNode object, String name) {
        return Json.text(object, "metadata", "annotations", name);
    }

    public static String label(JsonNode object, String name) {
        return Json.text(object, "metadata", "labels", name);
    }

    public static Map<String, String> labels(JsonNode object) {
        return Json.texts(object, "metadata", "labels");
    }

    public static Stream<JsonNode> owners(JsonNode object) {
        return Json.items(object, "metadata", "ownerReferences");
    }

    /** Gives the reference to the owner that controls the object. */
    public static Optional<JsonNode> controller(JsonNode object) {
        return owners(object)
                .filter(owner -> owner.path("controller").asBoolean(false))
                .findFirst();
    }

    public static boolean isControlledBy(JsonNode object, JsonNode owner) {
        return controller(object)
                .filter(reference -> Json.text(reference, "uid").equals(uid(owner)))
                .isPresent();
    }

    /** Gives the key of the owner of this kind that controls the object. */
    public static Stream<Key> controllerKey(JsonNode object, Kind kind) {
        return controller(object)
                .filter(reference -> Json.text(reference, "kind").equals(kind.kind()))
                .map(reference -> new Key(namespace(object), Json.text(reference, "name")))
                .stream();
    }

    /** Gives the reference by which an object says that {@code owner} controls it. */
    public static ObjectNode ownedBy(Kind kind, JsonNode owner) {
        return Json.object(
                "apiVersion", kind.apiVersion(),
                "kind", kind.kind(),
                "name", name(owner),
                "uid", uid(owner),
                "controller", true,
                "blockOwnerDeletion", true);
    }

    /** Says whether labels meet a {@code LabelSelector}; an empty selector meets all. */
    public static boolean matches(JsonNode selector, Map<String, String> labels) {
        return Json.texts(selector, "matchLabels").entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && Json.items(selector, "matchExpressions").allMatch(expression -> meets(expression, labels));
    }

    private static boolean meets(JsonNode expression, Map<String, String> labels) {
        var value = Optional.ofNullable(labels.get(Json.text(expression, "key")));
        var isOneOf = value.filter(text -> Json.items(expression, "values")
                        .anyMatch(item -> item.asString("").equals(text)))
                .isPresent();
        return switch (Json.text(expression, "operator")) {
            case "In" -> isOneOf;
            case "NotIn" -> !isOneOf;
            case "Exists" -> value.isPresent();
            case "DoesNotExist" -> value.isEmpty();
            default -> false;
        };
    }

    /** Gives a condition of an object's status. */
    public static Optional<JsonNode> condition(JsonNode object, String type) {
        return Json.items(object, "status", "conditions")
                .filter(condition -> Json.text(condition, "type").equals(type))
                .findFirst();
    }

    public static boolean isTrue(JsonNode object, String condition) {
        return condition(object, condition)
                .filter(found -> Json.text(found, "status").equals("True"))
                .isPresent();
    }
}
