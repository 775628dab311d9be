package io.btp.installer.simulator.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills, prunes and checks custom resources by their structural schema; rules in CEL are not evaluated. */
final class Schemas {
    private Schemas() {}

    /** Takes off unknown fields and fills in defaults. */
    static void fill(ObjectNode object, ObjectNode schema) {
        for (var field : List.copyOf(object.propertyNames())) {
            if (List.of("apiVersion", "kind", "metadata").contains(field)) {
                continue;
            }
            var property = schema.path("properties").path(field);
            if (property.isMissingNode() && !preserves(schema)) {
                object.remove(field);
                continue;
            }
            descend(object.path(field), property);
        }
        defaults(object, schema);
    }

    /** Refuses to apply fields that the schema does not have; other ways to write take them off. */
    static void requireKnown(Kind kind, String name, ObjectNode wanted, ObjectNode schema) {
        for (var field : wanted.properties()) {
            if (!List.of("apiVersion", "kind", "metadata").contains(field.getKey())) {
                unknown(
                                field.getValue(),
                                schema.path("properties").path(field.getKey()),
                                preserves(schema),
                                "." + field.getKey())
                        .ifPresent(path -> {
                            throw Refusal.of(
                                    500,
                                    "",
                                    "failed to create typed patch object (%s/%s; %s, Kind=%s): %s: field not declared in schema"
                                            .formatted(
                                                    Nodes.string(wanted, "metadata", "namespace"),
                                                    name,
                                                    kind.apiVersion(),
                                                    kind.kind(),
                                                    path));
                        });
            }
        }
    }

    private static Optional<String> unknown(JsonNode node, JsonNode schema, boolean isFree, String path) {
        if (schema.isMissingNode()) {
            return isFree ? Optional.empty() : Optional.of(path);
        }
        if (embedded(schema)) {
            return Optional.empty();
        }
        for (var item : node instanceof ArrayNode list ? list.values() : List.<JsonNode>of()) {
            var found = unknown(item, schema.path("items"), true, path);
            if (found.isPresent()) {
                return found;
            }
        }
        var additional = schema.path("additionalProperties");
        for (var field :
                node instanceof ObjectNode object ? object.properties() : Set.<Map.Entry<String, JsonNode>>of()) {
            var own = schema.path("properties").path(field.getKey());
            var isOpen = preserves(schema) || additional.asBoolean(false);
            var found = unknown(
                    field.getValue(),
                    own.isMissingNode() && additional.isObject() ? additional : own,
                    isOpen,
                    path + "." + field.getKey());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean preserves(JsonNode schema) {
        return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
    }

    private static void descend(JsonNode node, JsonNode schema) {
        if (node instanceof ArrayNode list) {
            list.forEach(item -> descend(item, schema.path("items")));
            return;
        }
        if (!(node instanceof ObjectNode object) || schema.isMissingNode() || embedded(schema)) {
            return;
        }
        var properties = schema.path("properties");
        var additional = schema.path("additionalProperties");
        for (var field : List.copyOf(object.propertyNames())) {
            if (properties.has(field)) {
                descend(object.path(field), properties.path(field));
            } else if (additional.isObject()) {
                descend(object.path(field), additional);
            } else if (!preserves(schema) && !additional.asBoolean(false)) {
                object.remove(field);
            }
        }
        defaults(object, schema);
    }

    private static boolean embedded(JsonNode schema) {
        return schema.path("x-kubernetes-embedded-resource").asBoolean(false);
    }

    private static void defaults(ObjectNode object, JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            if (!object.has(property.getKey()) && property.getValue().has("default")) {
                object.set(
                        property.getKey(), property.getValue().path("default").deepCopy());
                descend(object.path(property.getKey()), property.getValue());
            }
        });
    }

    static void check(JsonNode node, JsonNode schema, String path, List<Refusal.Cause> causes) {
        if (node.isNull() && schema.path("nullable").asBoolean(false)) {
            return;
        }
        if (!hasType(node, schema)) {
            causes.add(new Refusal.Cause(
                    "FieldValueTypeInvalid",
                    "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
                            .formatted(type(node), path, Nodes.string(schema, "type"), type(node)),
                    path));
            return;
        }
        values(node, schema, path, causes);
        if (node instanceof ObjectNode object) {
            for (var required : Nodes.strings(schema, "required")) {
                if (!object.has(required)) {
                    causes.add(Refusal.Cause.required(join(path, required), ""));
                }
            }
            object.properties().forEach(field -> {
                var property = schema.path("properties").path(field.getKey());
                var inner = property.isMissingNode() ? schema.path("additionalProperties") : property;
                check(field.getValue(), inner, join(path, field.getKey()), causes);
            });
        }
        if (node instanceof ArrayNode list) {
            for (int index = 0; index < list.size(); index++) {
                check(list.get(index), schema.path("items"), "%s[%d]".formatted(path, index), causes);
            }
        }
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static boolean hasType(JsonNode node, JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean(false)) {
            return node.isIntegralNumber() || node.isString();
        }
        return switch (Nodes.string(schema, "type")) {
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            case "string" -> node.isString();
            case "boolean" -> node.isBoolean();
            case "integer" -> node.isIntegralNumber();
            case "number" -> node.isNumber();
            default -> true;
        };
    }

    private static String type(JsonNode node) {
        if (node.isIntegralNumber()) {
            return "integer";
        }
        return switch (node.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case NULL, MISSING -> "null";
        };
    }

    private static void values(JsonNode node, JsonNode schema, String path, List<Refusal.Cause> causes) {
        if (schema.path("enum") instanceof ArrayNode choices && !contains(choices, node)) {
            causes.add(new Refusal.Cause(
                    "FieldValueNotSupported",
                    "Unsupported value: %s: supported values: %s".formatted(node, String.join(", ", texts(choices))),
                    path));
        }
        if (node.isNumber()
                && schema.has("minimum")
                && node.asDouble() < schema.path("minimum").asDouble()) {
            causes.add(Refusal.Cause.invalid(
                    path,
                    node.toString(),
                    "%s in body should be greater than or equal to %s".formatted(path, schema.path("minimum"))));
        }
        if (node.isNumber()
                && schema.has("maximum")
                && node.asDouble() > schema.path("maximum").asDouble()) {
            causes.add(Refusal.Cause.invalid(
                    path,
                    node.toString(),
                    "%s in body should be less than or equal to %s".formatted(path, schema.path("maximum"))));
        }
        if (node.isString() && schema.has("pattern") && !matches(Nodes.string(schema, "pattern"), node.asString())) {
            causes.add(Refusal.Cause.invalid(
                    path,
                    node.toString(),
                    "%s in body should match '%s'".formatted(path, Nodes.string(schema, "pattern"))));
        }
    }

    private static boolean contains(ArrayNode choices, JsonNode node) {
        for (var choice : choices) {
            if (choice.equals(node)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(ArrayNode choices) {
        return choices.valueStream().map(JsonNode::toString).toList();
    }

    // Patterns are written for Go; what Java cannot read is not held against the object.
    private static boolean matches(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(text).find();
        } catch (PatternSyntaxException foreign) {
            return true;
        }
    }
}
