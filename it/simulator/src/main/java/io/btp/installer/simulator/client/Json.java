package io.btp.installer.simulator.client;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and builds JSON. */
public final class Json {
    static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /** Builds an object from names and values in turn; values are texts, numbers, booleans, nodes, lists and maps. */
    public static ObjectNode object(Object... pairs) {
        var object = JsonNodeFactory.instance.objectNode();
        for (var i = 0; i < pairs.length; i += 2) {
            object.set((String) pairs[i], node(pairs[i + 1]));
        }
        return object;
    }

    /** Builds an array. */
    public static ArrayNode array(Object... values) {
        return (ArrayNode) node(List.of(values));
    }

    /** Turns a text, number, list or map into a node; nodes are copied, so that none has two places. */
    public static JsonNode node(Object value) {
        return switch (value) {
            case JsonNode node -> node.deepCopy();
            case List<?> list -> {
                var array = JsonNodeFactory.instance.arrayNode();
                list.forEach(item -> array.add(node(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                var object = JsonNodeFactory.instance.objectNode();
                map.forEach((name, item) -> object.set((String) name, node(item)));
                yield object;
            }
            default -> MAPPER.valueToTree(value);
        };
    }

    /** Reads JSON that has to be an object. */
    public static ObjectNode parse(byte[] text) {
        if (MAPPER.readTree(text) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    public static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    /** Follows a path of names; gives a missing node where it ends. */
    public static JsonNode at(JsonNode node, String... path) {
        var at = node;
        for (var name : path) {
            at = at.path(name);
        }
        return at;
    }

    /** Gives the text at a path, or an empty one. */
    public static String text(JsonNode node, String... path) {
        return at(node, path).asString("");
    }

    public static int number(JsonNode node, int otherwise, String... path) {
        return at(node, path).asInt(otherwise);
    }

    public static Stream<JsonNode> items(JsonNode node, String... path) {
        return at(node, path).valueStream();
    }

    /** Gives an object of texts, sorted by name. */
    public static Map<String, String> texts(JsonNode node, String... path) {
        var texts = new TreeMap<String, String>();
        at(node, path)
                .propertyStream()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        return texts;
    }
}
