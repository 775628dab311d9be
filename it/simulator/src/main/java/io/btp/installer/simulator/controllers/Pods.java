package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the controllers of workloads have in common about pods. */
final class Pods {
    private Pods() {}

    static boolean isReady(JsonNode pod) {
        return Meta.isTrue(pod, "Ready") && !Meta.isLeaving(pod);
    }

    static boolean isOver(JsonNode pod) {
        return Json.text(pod, "status", "phase").matches("Succeeded|Failed");
    }

    static boolean isActive(JsonNode pod) {
        return !isOver(pod) && !Meta.isLeaving(pod);
    }

    /** Makes a pod by an owner's template. */
    static ObjectNode from(JsonNode template, Kind kind, JsonNode owner, String name, Map<String, String> labels) {
        var all = new TreeMap<>(Meta.labels(template));
        all.putAll(labels);
        return Json.object(
                "metadata",
                        Map.of(
                                "namespace", Meta.namespace(owner),
                                "name", name,
                                "labels", all,
                                "annotations", Json.texts(template, "metadata", "annotations"),
                                "ownerReferences", Json.array(Meta.ownedBy(kind, owner))),
                "spec", template.path("spec"));
    }

    /** Gives a short name for a content, the same for the same content in any order. */
    static String hash(JsonNode content) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(sorted(content).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 5);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            return node.propertyStream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> "\"" + entry.getKey() + "\":" + sorted(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return node.isArray()
                ? node.valueStream().map(Pods::sorted).collect(Collectors.joining(",", "[", "]"))
                : node.toString();
    }

    /** Reads a number of pods that may be a share of {@code all}. */
    static int share(JsonNode value, int all, boolean isRoundedUp, String otherwise) {
        var text = value.asString(otherwise);
        if (!text.endsWith("%")) {
            return Integer.parseInt(text);
        }
        var share = all * Integer.parseInt(text.substring(0, text.length() - 1)) / 100.0;
        return (int) (isRoundedUp ? Math.ceil(share) : Math.floor(share));
    }
}
