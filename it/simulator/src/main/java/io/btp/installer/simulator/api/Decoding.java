package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.at;
import static io.btp.installer.simulator.api.Nodes.objects;
import static io.btp.installer.simulator.api.Nodes.string;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses values of the wrong type in built-in kinds, where charts get them wrong; the words are those of Go's decoder. */
final class Decoding {
    private static final Pattern QUANTITY = Pattern.compile("[+-]?[0-9.]+([eE][-+]?[0-9]+|[numkKMGTPE]i?)?");
    private static final String QUANTITY_RULE =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private static final Map<String, List<String>> INTEGERS = Map.of(
            "Deployment", List.of("replicas", "revisionHistoryLimit", "progressDeadlineSeconds", "minReadySeconds"),
            "StatefulSet", List.of("replicas", "revisionHistoryLimit", "minReadySeconds"),
            "Job", List.of("parallelism", "completions", "backoffLimit", "ttlSecondsAfterFinished"));

    private final Kind kind;

    private Decoding(Kind kind) {
        this.kind = kind;
    }

    static void check(Kind kind, ObjectNode object) {
        if (kind.has(Kind.Trait.CUSTOM)) {
            return;
        }
        var decoding = new Decoding(kind);
        decoding.texts(at(object, "metadata", "labels"), "ObjectMeta.metadata.labels");
        decoding.texts(at(object, "metadata", "annotations"), "ObjectMeta.metadata.annotations");
        switch (kind.kind()) {
            case "ConfigMap" -> decoding.texts(object.path("data"), "ConfigMap.data");
            case "Secret" -> {
                decoding.base64(object.path("data"));
                decoding.texts(object.path("stringData"), "Secret.stringData");
            }
            default -> {}
        }
        for (var field : INTEGERS.getOrDefault(kind.kind(), List.of())) {
            var value = at(object, "spec", field);
            if (!value.isMissingNode() && !value.isNull() && !value.isIntegralNumber()) {
                throw decoding.type(value, kind.kind() + "Spec.spec." + field, "int32");
            }
        }
        decoding.quantities(object.path("spec").path("resources"));
        decoding.pod(object.path("spec"), "spec");
        decoding.pod(at(object, "spec", "template", "spec"), "spec.template.spec");
        decoding.pod(
                at(object, "spec", "jobTemplate", "spec", "template", "spec"), "spec.jobTemplate.spec.template.spec");
    }

    private void pod(JsonNode spec, String path) {
        for (var list : List.of("initContainers", "containers")) {
            for (var container : objects(spec, list)) {
                quantities(container.path("resources"));
                for (var variable : objects(container, "env")) {
                    if (variable.has("value") && !variable.path("value").isString()) {
                        throw type(variable.path("value"), "EnvVar.%s.%s.env.value".formatted(path, list), "string");
                    }
                }
            }
        }
    }

    private void quantities(JsonNode resources) {
        for (var list : List.of("requests", "limits")) {
            for (var quantity : resources.path(list)) {
                if (!quantity.isNumber()
                        && !QUANTITY.matcher(quantity.asStringOpt().orElse("")).matches()) {
                    throw refusal(QUANTITY_RULE);
                }
            }
        }
    }

    private void texts(JsonNode texts, String field) {
        for (var text : texts) {
            if (!text.isString()) {
                throw type(text, field, "string");
            }
        }
    }

    private void base64(JsonNode data) {
        data.properties().forEach(entry -> {
            try {
                Base64.getDecoder().decode(string(data, entry.getKey()));
            } catch (IllegalArgumentException damaged) {
                throw refusal("illegal base64 data at input byte 0");
            }
        });
    }

    private Refusal type(JsonNode value, String field, String expected) {
        var found = switch (value.getNodeType()) {
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
        return refusal(
                "json: cannot unmarshal %s into Go struct field %s of type %s".formatted(found, field, expected));
    }

    private Refusal refusal(String why) {
        return Refusal.badRequest("%s in version \"%s\" cannot be handled as a %s: %s"
                .formatted(kind.kind(), kind.version(), kind.kind(), why));
    }
}
