package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.at;
import static io.btp.installer.simulator.api.Nodes.objects;
import static io.btp.installer.simulator.api.Nodes.string;

import io.btp.installer.simulator.api.Refusal.Cause;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses what the API server refuses, as far as charts and installers meet it. */
final class Validation {
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String LABEL_RULE =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
    private static final String LABEL_VALUE_RULE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
    private static final Set<String> PATH_NAMES = Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");

    private Validation() {}

    static void check(Kind kind, ObjectNode object) {
        var causes = new ArrayList<Cause>();
        metadata(kind, object, causes);
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

    private static void metadata(Kind kind, ObjectNode object, List<Cause> causes) {
        var name = string(object, "metadata", "name");
        if (name.isEmpty()) {
            causes.add(Cause.required("metadata.name", "name or generateName is required"));
        } else {
            name(kind, name, causes);
        }
        at(object, "metadata", "labels").properties().forEach(label -> {
            var value = label.getValue().asStringOpt().orElse("");
            if (value.length() > 63) {
                causes.add(Cause.invalid("metadata.labels", "\"" + value + "\"", "must be no more than 63 bytes"));
            } else if (!LABEL_VALUE.matcher(value).matches()) {
                causes.add(Cause.invalid("metadata.labels", "\"" + value + "\"", LABEL_VALUE_RULE));
            }
        });
    }

    private static void name(Kind kind, String name, List<Cause> causes) {
        if (PATH_NAMES.contains(kind.kind())) {
            if (name.contains("/") || name.contains("%")) {
                causes.add(Cause.invalid("metadata.name", "\"" + name + "\"", "may not contain '/'"));
            }
            return;
        }
        var isLabel = kind.is("", "Namespace") || kind.is("", "Service");
        int longest = isLabel ? 63 : 253;
        if (name.length() > longest) {
            causes.add(Cause.invalid("metadata.name", "\"" + name + "\"", "must be no more than " + longest + " bytes"));
        } else if (!(isLabel ? LABEL : SUBDOMAIN).matcher(name).matches()) {
            causes.add(Cause.invalid("metadata.name", "\"" + name + "\"", isLabel ? LABEL_RULE : SUBDOMAIN_RULE));
        }
    }

    private static void builtIn(Kind kind, ObjectNode object, List<Cause> causes) {
        switch (kind.kind()) {
            case "Pod" -> pod(at(object, "spec"), "spec", causes);
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" -> workload(object, causes);
            case "Job" -> pod(at(object, "spec", "template", "spec"), "spec.template.spec", causes);
            case "CronJob" -> {
                require(object, causes, "spec", "schedule");
                pod(at(object, "spec", "jobTemplate", "spec", "template", "spec"), "spec.jobTemplate.spec.template.spec", causes);
            }
            case "Service" -> service(object, causes);
            case "PersistentVolumeClaim" -> {
                if (at(object, "spec", "accessModes").isEmpty()) {
                    causes.add(Cause.required("spec.accessModes", "at least 1 access mode is required"));
                }
                require(object, causes, "spec", "resources", "requests", "storage");
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
        if (found.isMissingNode() || found.isNull() || found.isString() && found.asString().isEmpty()) {
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
                causes.add(Cause.invalid("spec.template.metadata.labels", labels.isMissingNode() ? "null" : labels.toString(), "`selector` does not match template `labels`"));
            }
        }
        pod(at(object, "spec", "template", "spec"), "spec.template.spec", causes);
    }

    private static void pod(JsonNode spec, String path, List<Cause> causes) {
        if (spec.path("containers").isEmpty()) {
            causes.add(Cause.required(path + ".containers", ""));
        }
        var volumes = objects(spec, "volumes").stream().map(volume -> string(volume, "name")).toList();
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
        } else if (!LABEL.matcher(string(container, "name")).matches()) {
            causes.add(Cause.invalid(path + ".name", "\"" + string(container, "name") + "\"", LABEL_RULE));
        }
        if (string(container, "image").isEmpty()) {
            causes.add(Cause.required(path + ".image", ""));
        }
        var mounts = objects(container, "volumeMounts");
        for (int index = 0; index < mounts.size(); index++) {
            var volume = string(mounts.get(index), "name");
            if (!volumes.contains(volume) && !path.contains("volumeClaimTemplates") && !mayBeClaimed(path)) {
                causes.add(new Cause("FieldValueNotFound", "Not found: \"" + volume + "\"", "%s.volumeMounts[%d].name".formatted(path, index)));
            }
        }
    }

    // Pods of a StatefulSet mount claims that its templates name; the template alone does not tell.
    private static boolean mayBeClaimed(String path) {
        return path.startsWith("spec.template.");
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
                causes.add(Cause.invalid("spec.ports[%d].port".formatted(index), Integer.toString(port), "must be between 1 and 65535, inclusive"));
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
                    causes.add(Cause.required("spec.rules[%d].http.paths[%d].pathType".formatted(rule, index), "pathType must be specified"));
                }
            }
        }
        if (rules.isEmpty() && !at(object, "spec").has("defaultBackend")) {
            causes.add(Cause.invalid("spec", "{}", "either `defaultBackend` or `rules` must be specified"));
        }
    }

    /** Reads a quantity such as {@code 10Gi} or {@code 500m}; zero where it is none. */
    static BigDecimal quantity(String text) {
        var parts = Pattern.compile("([0-9.]+)(Ki|Mi|Gi|Ti|Pi|Ei|m|k|M|G|T|P|E)?").matcher(text);
        if (!parts.matches()) {
            return BigDecimal.ZERO;
        }
        var unit = parts.group(2) == null ? "" : parts.group(2);
        int power = " kMGTPE".indexOf(unit.isEmpty() ? " " : unit.substring(0, 1).replace("K", "k"));
        var factor = unit.equals("m")
                ? new BigDecimal("0.001")
                : BigDecimal.valueOf(unit.endsWith("i") ? 1024 : 1000).pow(Math.max(power, 0));
        return new BigDecimal(parts.group(1)).multiply(factor);
    }
}
