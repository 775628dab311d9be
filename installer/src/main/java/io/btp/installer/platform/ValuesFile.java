package io.btp.installer.platform;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.helm.GoSchema;
import io.btp.installer.host.kubernetes.YamlDocuments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A YAML file with chart values. */
final class ValuesFile {
    private static final int MOST_BYTES = 1024 * 1024;

    private ValuesFile() {}

    /**
     * Reads a file.
     *
     * @throws ProviderException if it is not there, too large, or not one mapping without empty values
     */
    static Map<String, Object> read(Path file) {
        var text = text(file);
        try {
            var settings = LoadSettings.builder().setSchema(new GoSchema()).build();
            var documents = YamlDocuments.read(settings, text);
            if (documents.isEmpty() || documents.size() == 1 && documents.getFirst() == null) {
                return Map.of();
            }
            if (!(documents.size() == 1 && documents.getFirst() instanceof Map<?, ?> map)) {
                throw invalid(file, "it is not a mapping");
            }
            return tree(file, "", map);
        } catch (YamlEngineException broken) {
            throw new ProviderException(problem(file, "it is not YAML"), broken);
        }
    }

    private static String text(Path file) {
        try (var stream = Files.newInputStream(file)) {
            var bytes = stream.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw invalid(file, "it is larger than 1 MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new ProviderException(
                    Problem.of(
                            Problem.Reason.NOT_FOUND,
                            "platform.valuesFile " + file + " cannot be read",
                            "Name a file that is there and that you may read"),
                    unreadable);
        }
    }

    private static Map<String, Object> tree(Path file, String path, Map<?, ?> map) {
        var tree = new LinkedHashMap<String, Object>();
        for (var entry : map.entrySet()) {
            var key = String.valueOf(entry.getKey());
            tree.put(key, value(file, path + key, entry.getValue()));
        }
        return tree;
    }

    private static Object value(Path file, String path, @org.jspecify.annotations.Nullable Object value) {
        if (value == null) {
            throw invalid(file, path + " is empty");
        }
        if (value instanceof Map<?, ?> map) {
            return tree(file, path + ".", map);
        }
        if (value instanceof List<?> list) {
            var values = new ArrayList<Object>();
            for (int i = 0; i < list.size(); i++) {
                values.add(value(file, path + "[" + i + "]", list.get(i)));
            }
            return values;
        }
        return value;
    }

    private static ProviderException invalid(Path file, String what) {
        return new ProviderException(problem(file, what));
    }

    private static Problem problem(Path file, String what) {
        return Problem.of(
                Problem.Reason.INVALID,
                "platform.valuesFile " + file + " cannot be used: " + what,
                "Give a YAML mapping as helm reads it, with a value for every key");
    }
}
