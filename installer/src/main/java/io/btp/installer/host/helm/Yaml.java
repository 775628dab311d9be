package io.btp.installer.host.helm;

import io.btp.installer.host.kubernetes.YamlDocuments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads YAML as charts and manifests are written in it. */
final class Yaml {
    private static final int LIMIT = 64 * 1024 * 1024;

    private Yaml() {}

    /**
     * Reads the objects in a text of several documents; what is no map is left out.
     *
     * @throws IllegalArgumentException if it is not YAML
     */
    static List<Map<String, Object>> objects(String text) {
        var settings = LoadSettings.builder()
                .setSchema(new GoSchema())
                .setCodePointLimit(LIMIT)
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(200)
                .build();
        var objects = new ArrayList<Map<String, Object>>();
        try {
            for (var document : YamlDocuments.read(settings, text)) {
                if (document instanceof Map<?, ?> map && !map.isEmpty()) {
                    objects.add(texts(map));
                }
            }
        } catch (YamlEngineException unreadable) {
            throw new IllegalArgumentException("not YAML: " + unreadable.getMessage(), unreadable);
        }
        return objects;
    }

    /** Reads one object; empty where there is none. */
    static Optional<Map<String, Object>> object(String text) {
        return objects(text).stream().findFirst();
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
