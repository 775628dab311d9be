package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.at;
import static io.btp.installer.simulator.api.Nodes.objects;
import static io.btp.installer.simulator.api.Nodes.string;

import io.btp.installer.simulator.api.Refusal.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses what the API server refuses, as far as charts and installers meet it. */
final class Validation {

    private Validation() {}

    static void check(Kind kind, ObjectNode object) {
        var causes = new ArrayList<Cause>();
        Names.check(kind, object, causes);
        if (kind.has(Kind.Trait.CUSTOM)) {
            kind.schema().ifPresent(schema -> Schemas.check(object, schema, "", causes));
        } else {
            builtIn(kind, object, causes);
        }
        refuse(kind, object, causes);
    }

    static void checkChange(Kind kind, ObjectNode old, ObjectNode changed) {
        var causes = new ArrayList<Cause>();
        Immutability.check(kind, old, changed, causes);
        refuse(kind, changed, causes);
    }

    private static void refuse(Kind kind, ObjectNode object, List<Cause> causes) {
        if (!causes.isEmpty()) {
            throw Refusal.invalid(kind, string(object, "metadata", "name"), causes);
        }
    }

    private static void builtIn(Kind kind, ObjectNode object, List<Cause> causes) {
        switch (kind.kind()) {
            case "Pod" -> pod(at(object, "spec"), "spec", causes);
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> workload(object, causes);
            case "Job" -> pod(at(object, "spec", "template", "spec"), "spec.template.spec", causes);
            case "CronJob" -> {
                require(object, causes, "spec", "schedule");
                pod(
                        at(object, "spec", "jobTemplate", "spec", "template", "spec"),
                        "spec.jobTemplate.spec.template.spec",
                        causes);
            }
            case "Service" -> service(object, causes);
            case "ConfigMap", "Secret" -> {
                Names.keys(object.path("data"), "data", causes);
                Names.keys(object.path("binaryData"), "binaryData", causes);
            }
            case "PersistentVolumeClaim" -> {
                if (at(object, "spec", "accessModes").isEmpty()) {
                    causes.add(Cause.required("spec.accessModes", "at least 1 access mode is required"));
                }
                if (!at(object, "spec", "resources", "requests").has("storage")) {
                    causes.add(Cause.required("spec.resources[storage]", ""));
                }
            }
            case "Ingress" -> ingress(object, causes);
            case "StorageClass" -> require(object, causes, "provisioner");
            case "RoleBinding", "ClusterRoleBinding" -> require(object, causes, "roleRef", "name");
            case "CustomResourceDefinition" -> causes.addAll(Definitions.causes(object));
            default -> {}
        }
    }

    private static void require(JsonNode object, List<Cause> causes, String... path) {
        var found = at(object, path);
        if (found.isMissingNode()
                || found.isNull()
                || found.isString() && found.asString().isEmpty()) {
            causes.add(Cause.required(String.join(".", path), ""));
        }
    }

    private static void workload(ObjectNode object, List<Cause> causes) {
        var selector = at(object, "spec", "selector");
        if (selector.isMissingNode() || selector.isNull()) {
            causes.add(Cause.required("spec.selector", ""));
        } else {
            var labels = at(object, "spec", "template", "metadata", "labels");
            var isMatched = selector.path("matchLabels").properties().stream()
                    .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
            if (!isMatched) {
                causes.add(Cause.invalid(
                        "spec.template.metadata.labels",
                        labels.isMissingNode() ? "null" : labels.toString(),
                        "`selector` does not match template `labels`"));
            }
        }
        var claims = objects(object, "spec", "volumeClaimTemplates").stream()
                .map(claim -> string(claim, "metadata", "name"))
                .toList();
        pod(at(object, "spec", "template", "spec"), "spec.template.spec", claims, causes);
    }

    private static void pod(JsonNode spec, String path, List<Cause> causes) {
        pod(spec, path, List.of(), causes);
    }

    private static void pod(JsonNode spec, String path, List<String> claims, List<Cause> causes) {
        if (spec.path("containers").isEmpty()) {
            causes.add(Cause.required(path + ".containers", ""));
        }
        var volumes = new ArrayList<>(claims);
        objects(spec, "volumes").forEach(volume -> volumes.add(string(volume, "name")));
        for (var list : List.of("initContainers", "containers")) {
            var containers = objects(spec, list);
            for (int index = 0; index < containers.size(); index++) {
                container(containers.get(index), "%s.%s[%d]".formatted(path, list, index), volumes, causes);
            }
        }
    }

    private static void container(ObjectNode container, String path, List<String> volumes, List<Cause> causes) {
        if (string(container, "name").isEmpty()) {
            causes.add(Cause.required(path + ".name", ""));
        } else {
            Names.label(string(container, "name"), path + ".name", causes);
        }
        if (string(container, "image").isEmpty()) {
            causes.add(Cause.required(path + ".image", ""));
        }
        var mounts = objects(container, "volumeMounts");
        for (int index = 0; index < mounts.size(); index++) {
            var volume = string(mounts.get(index), "name");
            if (!volumes.contains(volume)) {
                causes.add(new Cause(
                        "FieldValueNotFound",
                        "Not found: \"" + volume + "\"",
                        "%s.volumeMounts[%d].name".formatted(path, index)));
            }
        }
        resources(container.path("resources"), path + ".resources", causes);
    }

    private static void resources(JsonNode resources, String path, List<Cause> causes) {
        resources.path("requests").properties().forEach(request -> {
            var asked = request.getValue().asString("");
            var limit = string(resources, "limits", request.getKey());
            if (!limit.isEmpty() && quantity(asked).compareTo(quantity(limit)) > 0) {
                causes.add(Cause.invalid(
                        path + ".requests",
                        "\"" + asked + "\"",
                        "must be less than or equal to %s limit of %s".formatted(request.getKey(), limit)));
            }
        });
    }

    private static void service(ObjectNode object, List<Cause> causes) {
        var spec = at(object, "spec");
        if (string(spec, "type").equals("ExternalName")) {
            require(object, causes, "spec", "externalName");
            return;
        }
        var ports = objects(spec, "ports");
        if (ports.isEmpty() && !string(spec, "clusterIP").equals("None")) {
            causes.add(Cause.required("spec.ports", ""));
        }
        for (int index = 0; index < ports.size(); index++) {
            int port = ports.get(index).path("port").asInt(0);
            if (port < 1 || port > 65535) {
                causes.add(Cause.invalid(
                        "spec.ports[%d].port".formatted(index),
                        Integer.toString(port),
                        "must be between 1 and 65535, inclusive"));
            }
            var target = ports.get(index).path("targetPort");
            if (target.isIntegralNumber() && (target.asInt(0) < 1 || target.asInt(0) > 65535)) {
                causes.add(Cause.invalid(
                        "spec.ports[%d].targetPort".formatted(index),
                        target.toString(),
                        "must be between 1 and 65535, inclusive"));
            }
            if (ports.size() > 1 && string(ports.get(index), "name").isEmpty()) {
                causes.add(Cause.required("spec.ports[%d].name".formatted(index), ""));
            }
        }
    }

    private static void ingress(ObjectNode object, List<Cause> causes) {
        var rules = objects(object, "spec", "rules");
        for (int rule = 0; rule < rules.size(); rule++) {
            var paths = objects(rules.get(rule), "http", "paths");
            for (int index = 0; index < paths.size(); index++) {
                if (string(paths.get(index), "pathType").isEmpty()) {
                    causes.add(Cause.required(
                            "spec.rules[%d].http.paths[%d].pathType".formatted(rule, index),
                            "pathType must be specified"));
                }
            }
        }
        if (rules.isEmpty() && !at(object, "spec").has("defaultBackend")) {
            causes.add(Cause.invalid("spec", "{}", "either `defaultBackend` or `rules` must be specified"));
        }
    }

    /** Reads a quantity such as {@code 10Gi} or {@code 500m}; zero where it is none. */
    static BigDecimal quantity(String text) {
        var parts =
                Pattern.compile("([0-9.]+)(Ki|Mi|Gi|Ti|Pi|Ei|m|k|M|G|T|P|E)?").matcher(text);
        if (!parts.matches()) {
            return BigDecimal.ZERO;
        }
        var unit = parts.group(2) == null ? "" : parts.group(2);
        int power =
                " kMGTPE".indexOf(unit.isEmpty() ? " " : unit.substring(0, 1).replace("K", "k"));
        var factor = unit.equals("m")
                ? new BigDecimal("0.001")
                : BigDecimal.valueOf(unit.endsWith("i") ? 1024 : 1000).pow(Math.max(power, 0));
        return new BigDecimal(parts.group(1)).multiply(factor);
    }
}
