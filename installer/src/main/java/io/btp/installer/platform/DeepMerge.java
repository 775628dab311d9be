package io.btp.installer.platform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Merges trees of values: mappings merge key by key, everything else is replaced as a whole. */
final class DeepMerge {
    private DeepMerge() {}

    /** Merges trees; what comes later wins. Gives a tree of its own, in the order in which keys first appear. */
    @SafeVarargs
    static Map<String, Object> of(Map<String, Object>... trees) {
        var merged = new LinkedHashMap<String, Object>();
        for (var tree : trees) {
            tree.forEach((key, value) -> merged.merge(key, value, DeepMerge::value));
        }
        return Collections.unmodifiableMap(merged);
    }

    private static Object value(Object below, Object above) {
        if (below instanceof Map<?, ?> under && above instanceof Map<?, ?> over) {
            return of(tree(under), tree(over));
        }
        return above;
    }

    private static Map<String, Object> tree(Map<?, ?> map) {
        var tree = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> tree.put(String.valueOf(key), value));
        return tree;
    }
}
