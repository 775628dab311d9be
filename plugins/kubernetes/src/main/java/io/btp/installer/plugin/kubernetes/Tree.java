package io.btp.installer.plugin.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads objects as they come from the API server: nested maps and lists. */
final class Tree {
    private Tree() {}

    /** Gives a scalar as text; empty where it or something on its way is not there. */
    static Optional<String> text(Map<String, Object> object, String... path) {
        Object node = object;
        for (var key : path) {
            if (!(node instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return Optional.empty();
            }
            node = map.get(key);
        }
        return node instanceof Map || node instanceof List
                ? Optional.empty()
                : Optional.ofNullable(node).map(String::valueOf);
    }

    /** Gives the texts of a mapping; empty where it is not there. */
    static Map<String, String> texts(Map<String, Object> object, String parent, String key) {
        var texts = new LinkedHashMap<String, String>();
        if (object.get(parent) instanceof Map<?, ?> outer && outer.get(key) instanceof Map<?, ?> inner) {
            inner.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    /** Gives the mappings of a list; empty where it or something on its way is not there. */
    static List<Map<String, Object>> maps(Map<String, Object> object, String... path) {
        Object node = object;
        for (var key : path) {
            if (!(node instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return List.of();
            }
            node = map.get(key);
        }
        var maps = new ArrayList<Map<String, Object>>();
        if (node instanceof List<?> list) {
            for (var element : list) {
                if (element instanceof Map<?, ?> map) {
                    var copy = new LinkedHashMap<String, Object>();
                    map.forEach((name, value) -> copy.put(String.valueOf(name), value));
                    maps.add(copy);
                }
            }
        }
        return maps;
    }

    static Map<String, String> labels(Map<String, Object> object) {
        return texts(object, "metadata", "labels");
    }

    static Map<String, String> annotations(Map<String, Object> object) {
        return texts(object, "metadata", "annotations");
    }

    static String name(Map<String, Object> object) {
        return text(object, "metadata", "name").orElse("");
    }

    static String namespace(Map<String, Object> object) {
        return text(object, "metadata", "namespace").orElse("");
    }

    /** Tells whether another object owns it, so that it goes with that one. */
    static boolean isOwned(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("ownerReferences") instanceof List<?> owners
                && !owners.isEmpty();
    }
}
