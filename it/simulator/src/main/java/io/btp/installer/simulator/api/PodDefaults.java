package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.child;
import static io.btp.installer.simulator.api.Nodes.defaultTo;
import static io.btp.installer.simulator.api.Nodes.objects;
import static io.btp.installer.simulator.api.Nodes.string;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what pods and templates of pods leave open. */
final class PodDefaults {
    private PodDefaults() {}

    static void fill(ObjectNode spec) {
        defaultTo(spec, "restartPolicy", "Always");
        defaultTo(spec, "dnsPolicy", "ClusterFirst");
        defaultTo(spec, "schedulerName", "default-scheduler");
        defaultTo(spec, "terminationGracePeriodSeconds", 30);
        child(spec, "securityContext");
        // The old name of the field is kept equal to the new one.
        if (spec.hasNonNull("serviceAccountName")) {
            spec.set("serviceAccount", spec.get("serviceAccountName"));
        } else if (spec.hasNonNull("serviceAccount")) {
            spec.set("serviceAccountName", spec.get("serviceAccount"));
        }
        objects(spec, "containers").forEach(PodDefaults::container);
        objects(spec, "initContainers").forEach(PodDefaults::container);
        objects(spec, "volumes").forEach(PodDefaults::volume);
    }

    /** Fills in what only pods get, no templates. */
    static void fillAdmitted(ObjectNode spec) {
        defaultTo(spec, "enableServiceLinks", true);
        defaultTo(spec, "serviceAccountName", "default");
        spec.set("serviceAccount", spec.get("serviceAccountName"));
        defaultTo(spec, "priority", 0);
        defaultTo(spec, "preemptionPolicy", "PreemptLowerPriority");
        objects(spec, "containers").forEach(PodDefaults::requests);
        objects(spec, "initContainers").forEach(PodDefaults::requests);
        if (!spec.has("tolerations")) {
            spec.putArray("tolerations");
        }
        for (var taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            if (objects(spec, "tolerations").stream()
                    .noneMatch(there -> string(there, "key").equals(taint))) {
                var toleration = Nodes.object().put("key", taint).put("operator", "Exists");
                toleration.put("effect", "NoExecute").put("tolerationSeconds", 300);
                spec.withArrayProperty("tolerations").add(toleration);
            }
        }
    }

    private static void requests(ObjectNode container) {
        Nodes.objectAt(container, "resources", "limits").ifPresent(limits -> {
            var requests = child(child(container, "resources"), "requests");
            limits.properties().forEach(limit -> defaultTo(requests, limit.getKey(), limit.getValue()));
        });
    }

    private static void container(ObjectNode container) {
        defaultTo(container, "terminationMessagePath", "/dev/termination-log");
        defaultTo(container, "terminationMessagePolicy", "File");
        defaultTo(container, "imagePullPolicy", isLatest(string(container, "image")) ? "Always" : "IfNotPresent");
        child(container, "resources");
        objects(container, "ports").forEach(port -> defaultTo(port, "protocol", "TCP"));
        objects(container, "env")
                .forEach(variable -> Nodes.objectAt(variable, "valueFrom", "fieldRef")
                        .ifPresent(field -> defaultTo(field, "apiVersion", "v1")));
        for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            Nodes.objectAt(container, probe).ifPresent(PodDefaults::probe);
        }
        for (var hook : List.of("postStart", "preStop")) {
            Nodes.objectAt(container, "lifecycle", hook, "httpGet").ifPresent(get -> defaultTo(get, "scheme", "HTTP"));
        }
    }

    private static boolean isLatest(String image) {
        if (image.contains("@")) {
            return false;
        }
        var name = image.substring(image.lastIndexOf('/') + 1);
        return !name.contains(":") || name.endsWith(":latest");
    }

    private static void probe(ObjectNode probe) {
        defaultTo(probe, "timeoutSeconds", 1);
        defaultTo(probe, "periodSeconds", 10);
        defaultTo(probe, "successThreshold", 1);
        defaultTo(probe, "failureThreshold", 3);
        Nodes.objectAt(probe, "httpGet").ifPresent(get -> {
            defaultTo(get, "path", "/");
            defaultTo(get, "scheme", "HTTP");
        });
        Nodes.objectAt(probe, "grpc").ifPresent(grpc -> defaultTo(grpc, "service", ""));
    }

    private static void volume(ObjectNode volume) {
        if (volume.size() == 1) {
            volume.putObject("emptyDir");
        }
        for (var source : List.of("secret", "configMap", "downwardAPI", "projected")) {
            Nodes.objectAt(volume, source).ifPresent(there -> defaultTo(there, "defaultMode", 420));
        }
        Nodes.objectAt(volume, "hostPath").ifPresent(path -> defaultTo(path, "type", ""));
        for (var source : objects(volume, "projected", "sources")) {
            Nodes.objectAt(source, "serviceAccountToken")
                    .ifPresent(token -> defaultTo(token, "expirationSeconds", 3600));
        }
    }
}
