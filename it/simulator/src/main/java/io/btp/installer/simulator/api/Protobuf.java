package io.btp.installer.simulator.api;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the objects that typed clients written in Go send as protobuf: an envelope {@code k8s\0} with a {@code
 * runtime.Unknown}. Numbers of fields are those of {@code generated.proto} in {@code k8s.io/api/core/v1} and {@code
 * k8s.io/apimachinery/pkg/apis/meta/v1}.
 */
final class Protobuf {
    static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final Map<String, Map<Integer, Field>> MESSAGES = Map.of(
            "OwnerReference",
            Map.of(
                    1, new Field("kind", Type.STRING),
                    3, new Field("name", Type.STRING),
                    4, new Field("uid", Type.STRING),
                    5, new Field("apiVersion", Type.STRING),
                    6, new Field("controller", Type.BOOLEAN),
                    7, new Field("blockOwnerDeletion", Type.BOOLEAN)),
            "ObjectMeta",
            Map.ofEntries(
                    Map.entry(1, new Field("name", Type.STRING)),
                    Map.entry(2, new Field("generateName", Type.STRING)),
                    Map.entry(3, new Field("namespace", Type.STRING)),
                    Map.entry(5, new Field("uid", Type.STRING)),
                    Map.entry(6, new Field("resourceVersion", Type.STRING)),
                    Map.entry(7, new Field("generation", Type.NUMBER)),
                    Map.entry(8, new Field("creationTimestamp", Type.TIME)),
                    Map.entry(11, new Field("labels", Type.STRINGS_BY_NAME)),
                    Map.entry(12, new Field("annotations", Type.STRINGS_BY_NAME)),
                    Map.entry(13, new Field("ownerReferences", Type.LIST, "OwnerReference")),
                    Map.entry(14, new Field("finalizers", Type.LIST))),
            "Secret",
            Map.of(
                    1, new Field("metadata", Type.MESSAGE, "ObjectMeta"),
                    2, new Field("data", Type.BYTES_BY_NAME),
                    3, new Field("type", Type.STRING),
                    4, new Field("stringData", Type.STRINGS_BY_NAME),
                    5, new Field("immutable", Type.BOOLEAN)),
            "ConfigMap",
            Map.of(
                    1, new Field("metadata", Type.MESSAGE, "ObjectMeta"),
                    2, new Field("data", Type.STRINGS_BY_NAME),
                    3, new Field("binaryData", Type.BYTES_BY_NAME),
                    4, new Field("immutable", Type.BOOLEAN)),
            "Namespace",
            Map.of(1, new Field("metadata", Type.MESSAGE, "ObjectMeta")),
            "Preconditions",
            Map.of(1, new Field("uid", Type.STRING), 2, new Field("resourceVersion", Type.STRING)),
            "DeleteOptions",
            Map.of(
                    1, new Field("gracePeriodSeconds", Type.NUMBER),
                    2, new Field("preconditions", Type.MESSAGE, "Preconditions"),
                    3, new Field("orphanDependents", Type.BOOLEAN),
                    4, new Field("propagationPolicy", Type.STRING),
                    5, new Field("dryRun", Type.LIST)),
            "TypeMeta",
            Map.of(1, new Field("apiVersion", Type.STRING), 2, new Field("kind", Type.STRING)),
            "Unknown",
            Map.of(1, new Field("typeMeta", Type.MESSAGE, "TypeMeta"), 2, new Field("raw", Type.BYTES)));

    private final byte[] bytes;
    private final int end;
    private int at;

    private enum Type {
        STRING,
        BOOLEAN,
        NUMBER,
        BYTES,
        TIME,
        MESSAGE,
        LIST,
        STRINGS_BY_NAME,
        BYTES_BY_NAME
    }

    private record Field(String name, Type type, String message) {
        Field(String name, Type type) {
            this(name, type, "");
        }
    }

    private Protobuf(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    /** @throws Refusal if the bytes are cut, or hold a kind that is not known here */
    static ObjectNode read(byte[] bytes) {
        for (int index = 0; index < MAGIC.length; index++) {
            if (bytes.length <= index || bytes[index] != MAGIC[index]) {
                throw Refusal.badRequest(
                        "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
            }
        }
        var unknown = new Protobuf(bytes, MAGIC.length, bytes.length).message("Unknown");
        var kind = Nodes.string(unknown, "typeMeta", "kind");
        if (!MESSAGES.containsKey(kind)) {
            throw Refusal.of(
                    415,
                    "UnsupportedMediaType",
                    "the sandbox does not read %s as protobuf; send it as JSON".formatted(kind));
        }
        var raw = Base64.getDecoder().decode(Nodes.string(unknown, "raw"));
        var object = Nodes.object();
        object.setAll((ObjectNode) unknown.path("typeMeta"));
        object.setAll(new Protobuf(raw, 0, raw.length).message(kind));
        return object;
    }

    private ObjectNode message(String name) {
        var fields = MESSAGES.getOrDefault(name, Map.of());
        var object = Nodes.object();
        while (at < end) {
            long tag = number();
            var field = fields.get((int) (tag >>> 3));
            switch ((int) (tag & 7)) {
                case 0 -> {
                    long value = number();
                    if (field != null) {
                        scalar(object, field, value);
                    }
                }
                case 2 -> {
                    int length = length();
                    if (field != null) {
                        value(object, field, length);
                    }
                    at += length;
                }
                case 1 -> at += 8;
                case 5 -> at += 4;
                default -> throw Refusal.badRequest("a protobuf message has an unknown wire type");
            }
        }
        return object;
    }

    private static void scalar(ObjectNode object, Field field, long value) {
        if (field.type() == Type.BOOLEAN) {
            object.put(field.name(), value != 0);
            return;
        }
        object.put(field.name(), value);
    }

    private void value(ObjectNode object, Field field, int length) {
        switch (field.type()) {
            case STRING -> {
                if (length > 0) {
                    object.put(field.name(), string(at, length));
                }
            }
            case BYTES -> object.put(field.name(), base64(at, length));
            case MESSAGE -> object.set(field.name(), part(length).message(field.message()));
            case LIST ->
                list(object, field)
                        .add(
                                field.message().isEmpty()
                                        ? Nodes.text(string(at, length))
                                        : part(length).message(field.message()));
            case STRINGS_BY_NAME, BYTES_BY_NAME ->
                part(length).entry(Nodes.child(object, field.name()), field.type() == Type.BYTES_BY_NAME);
            case TIME -> part(length).time(object, field.name());
            case BOOLEAN, NUMBER -> throw Refusal.badRequest("a protobuf message has text where a number belongs");
        }
    }

    private static ArrayNode list(ObjectNode object, Field field) {
        return object.get(field.name()) instanceof ArrayNode there ? there : object.putArray(field.name());
    }

    private void entry(ObjectNode map, boolean binary) {
        var key = "";
        JsonNode value = Nodes.text("");
        while (at < end) {
            long tag = number();
            int length = length();
            if (tag >>> 3 == 1) {
                key = string(at, length);
            } else {
                value = Nodes.text(binary ? base64(at, length) : string(at, length));
            }
            at += length;
        }
        map.set(key, value);
    }

    private void time(ObjectNode object, String name) {
        long seconds = 0;
        while (at < end) {
            long tag = number();
            long value = number();
            seconds = tag >>> 3 == 1 ? value : seconds;
        }
        if (seconds != 0) {
            object.put(name, Instant.ofEpochSecond(seconds).toString());
        }
    }

    private Protobuf part(int length) {
        return new Protobuf(bytes, at, at + length);
    }

    private String string(int start, int length) {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    private String base64(int start, int length) {
        return Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(bytes, start, start + length));
    }

    private int length() {
        long length = number();
        if (length < 0 || length > end - at) {
            throw Refusal.badRequest("a protobuf message is cut");
        }
        return (int) length;
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw Refusal.badRequest("a protobuf message is cut");
            }
            byte part = bytes[at++];
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw Refusal.badRequest("a protobuf message has a number that is too long");
    }
}
