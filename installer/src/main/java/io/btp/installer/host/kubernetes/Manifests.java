package io.btp.installer.host.kubernetes;

import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings manifests into the form in which they are sent and compared. */
public final class Manifests {
    private Manifests() {}

    /** Adds labels to the object itself, not to the pods that it may make. */
    public static Map<String, Object> labelled(Map<String, Object> manifest, Map<String, String> labels) {
        var all = new LinkedHashMap<String, Object>(Fields.map(manifest, "metadata", "labels"));
        all.putAll(labels);
        return Fields.with(manifest, "metadata", Fields.with(Fields.map(manifest, "metadata"), "labels", all));
    }

    /**
     * Moves {@code stringData} of a Secret to {@code data}: the server never gives it back, so it could not be
     * compared. Leaves that are secrets stay hidden.
     */
    static Map<String, Object> normalized(Map<String, Object> manifest) {
        if (!isSecret(manifest) || !manifest.containsKey("stringData")) {
            return manifest;
        }
        var data = new LinkedHashMap<String, Object>(Fields.map(manifest, "data"));
        Fields.map(manifest, "stringData").forEach((key, value) -> data.put(key, base64(value)));
        var normalized = new LinkedHashMap<>(manifest);
        normalized.remove("stringData");
        normalized.put("data", data);
        return normalized;
    }

    static boolean isSecret(Map<String, Object> manifest) {
        return "Secret".equals(manifest.get("kind")) && "v1".equals(manifest.get("apiVersion"));
    }

    /** Gives the texts of all secrets in a manifest, plain and as Base64, to be kept out of problems. */
    static List<String> confidential(Object node) {
        var texts = new ArrayList<String>();
        switch (node) {
            case Secret secret -> texts.add(secret.reveal());
            case Map<?, ?> map ->
                map.values().stream()
                        .filter(java.util.Objects::nonNull)
                        .forEach(value -> texts.addAll(confidential(value)));
            case List<?> list ->
                list.stream().filter(java.util.Objects::nonNull).forEach(value -> texts.addAll(confidential(value)));
            case Object other -> {
                // Other leaves are not confidential.
            }
        }
        return texts;
    }

    private static Object base64(Object value) {
        return value instanceof Secret secret
                ? Secret.resolvedBy(() -> encoded(secret.reveal()))
                : encoded(String.valueOf(value));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
