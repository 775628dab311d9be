package io.btp.installer.simulator.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads, writes and walks trees of JSON. */
final class Nodes {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Nodes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    /** @throws JacksonException if the bytes are no JSON */
    static JsonNode read(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /** @throws JacksonException if the text is no JSON */
    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    static byte[] bytes(JsonNode node) {
        return MAPPER.writeValueAsBytes(node);
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** Gives what is at a path; a missing node where nothing is. */
    static JsonNode at(JsonNode node, String... path) {
        var here = node;
        for (var name : path) {
            here = here.path(name);
        }
        return here;
    }

    static String string(JsonNode node, String... path) {
        return at(node, path).asStringOpt().orElse("");
    }

    static Optional<ObjectNode> objectAt(JsonNode node, String... path) {
        return at(node, path) instanceof ObjectNode found ? Optional.of(found) : Optional.empty();
    }

    /** Gives the objects in a list; none where there is no list. */
    static List<ObjectNode> objects(JsonNode node, String... path) {
        var found = new ArrayList<ObjectNode>();
        if (at(node, path) instanceof ArrayNode list) {
            for (var item : list) {
                if (item instanceof ObjectNode object) {
                    found.add(object);
                }
            }
        }
        return found;
    }

    static List<String> strings(JsonNode node, String... path) {
        var found = new ArrayList<String>();
        if (at(node, path) instanceof ArrayNode list) {
            for (var item : list) {
                found.add(item.asStringOpt().orElse(""));
            }
        }
        return found;
    }

    static ArrayNode strings(List<String> texts) {
        var list = array();
        texts.forEach(list::add);
        return list;
    }

    /** Gives the object at a name, made where there is none. */
    static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
    }

    static void defaultTo(ObjectNode parent, String name, JsonNode value) {
        if (!parent.hasNonNull(name)) {
            parent.set(name, value);
        }
    }

    static void defaultTo(ObjectNode parent, String name, String value) {
        defaultTo(parent, name, text(value));
    }

    static void defaultTo(ObjectNode parent, String name, int value) {
        defaultTo(parent, name, JsonNodeFactory.instance.numberNode(value));
    }

    static void defaultTo(ObjectNode parent, String name, boolean value) {
        defaultTo(parent, name, JsonNodeFactory.instance.booleanNode(value));
    }

    /** Sets a field, or takes it off where the value is missing. */
    static void assign(ObjectNode parent, String name, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            parent.remove(name);
            return;
        }
        parent.set(name, value);
    }

    /** Takes off every field that is null, in all depths. */
    static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        for (var child : node) {
            dropNulls(child);
        }
    }

    static JsonNode missing() {
        return MissingNode.getInstance();
    }
}
