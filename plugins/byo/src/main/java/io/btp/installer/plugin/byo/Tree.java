package io.btp.installer.plugin.byo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads objects as they come from the API server: nested maps and lists. */
final class Tree {
    private Tree() {}

    /** Gives a scalar as text; empty where it or something on its way is not there. */
    static Optional<String> text(Map<String, Object> object, String... path) {
        var node = node(object, path);
        return node instanceof Map || node instanceof List
                ? Optional.empty()
                : Optional.ofNullable(node).map(String::valueOf);
    }

    /** Gives the mappings of a list; empty where it or something on its way is not there. */
    static List<Map<String, Object>> maps(Map<String, Object> object, String... path) {
        var maps = new ArrayList<Map<String, Object>>();
        if (node(object, path) instanceof List<?> list) {
            for (var element : list) {
                if (element instanceof Map<?, ?> map) {
                    var copy = new LinkedHashMap<String, Object>();
                    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
                    maps.add(copy);
                }
            }
        }
        return maps;
    }

    private static @Nullable Object node(Map<String, Object> object, String... path) {
        Object node = object;
        for (var key : path) {
            if (!(node instanceof Map<?, ?> map) || !map.containsKey(key)) {
                return null;
            }
            node = map.get(key);
        }
        return node;
    }

    static String name(Map<String, Object> object) {
        return text(object, "metadata", "name").orElse("");
    }

    static String namespace(Map<String, Object> object) {
        return text(object, "metadata", "namespace").orElse("");
    }
}
