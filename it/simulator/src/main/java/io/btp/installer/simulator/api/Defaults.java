package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.child;
import static io.btp.installer.simulator.api.Nodes.defaultTo;
import static io.btp.installer.simulator.api.Nodes.objects;
import static io.btp.installer.simulator.api.Nodes.string;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in what the API server fills in when a client leaves it open. */
final class Defaults {
    private static final Set<String> OMITTED_WHEN_EMPTY =
            Set.of("finalizers", "labels", "annotations", "ownerReferences");

    private Defaults() {}

    static void fill(Kind kind, ObjectNode object) {
        var metadata = child(object, "metadata");
        metadata.properties()
                .removeIf(field -> OMITTED_WHEN_EMPTY.contains(field.getKey())
                        && field.getValue().isEmpty());
        if (kind.has(Kind.Trait.CUSTOM)) {
            kind.schema().ifPresent(schema -> Schemas.fill(object, schema));
            return;
        }
        switch (kind.group()) {
            case "" -> core(kind, object);
            case "apps" -> apps(kind, object);
            case "batch" -> batch(kind, object);
            default -> others(kind, object);
        }
    }

    private static void core(Kind kind, ObjectNode object) {
        switch (kind.kind()) {
            case "Namespace" -> namespace(object);
            case "Pod" -> pod(object);
            case "Service" -> service(child(object, "spec"));
            case "Secret" -> secret(object);
            case "PersistentVolumeClaim" -> defaultTo(child(object, "spec"), "volumeMode", "Filesystem");
            case "PersistentVolume" -> {
                defaultTo(child(object, "spec"), "persistentVolumeReclaimPolicy", "Retain");
                defaultTo(child(object, "spec"), "volumeMode", "Filesystem");
            }
            case "ReplicationController" -> {
                defaultTo(child(object, "spec"), "replicas", 1);
                template(object);
            }
            default -> {}
        }
    }

    private static void namespace(ObjectNode object) {
        child(child(object, "metadata"), "labels")
                .put("kubernetes.io/metadata.name", string(object, "metadata", "name"));
    }

    private static void pod(ObjectNode object) {
        var spec = child(object, "spec");
        PodDefaults.fill(spec);
        PodDefaults.fillAdmitted(spec);
    }

    private static void service(ObjectNode spec) {
        defaultTo(spec, "type", "ClusterIP");
        defaultTo(spec, "sessionAffinity", "None");
        for (var port : objects(spec, "ports")) {
            defaultTo(port, "protocol", "TCP");
            if (!port.hasNonNull("targetPort") && port.hasNonNull("port")) {
                port.set("targetPort", port.get("port"));
            }
        }
        if (string(spec, "type").equals("ExternalName")) {
            return;
        }
        defaultTo(spec, "internalTrafficPolicy", "Cluster");
        var type = string(spec, "type");
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            defaultTo(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            defaultTo(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    static void secret(ObjectNode object) {
        defaultTo(object, "type", "Opaque");
        encodeTexts(object);
    }

    /** Moves {@code stringData} of a Secret to {@code data}. */
    static void encodeTexts(ObjectNode object) {
        if (object.remove("stringData") instanceof ObjectNode texts) {
            var data = child(object, "data");
            texts.properties()
                    .forEach(text -> data.put(
                            text.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(text.getValue()
                                            .asStringOpt()
                                            .orElse("")
                                            .getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void apps(Kind kind, ObjectNode object) {
        var spec = child(object, "spec");
        switch (kind.kind()) {
            case "Deployment" -> {
                defaultTo(spec, "replicas", 1);
                defaultTo(spec, "revisionHistoryLimit", 10);
                defaultTo(spec, "progressDeadlineSeconds", 600);
                rolling(child(spec, "strategy"), "25%", "25%");
            }
            case "StatefulSet" -> statefulSet(spec);
            case "DaemonSet" -> {
                defaultTo(spec, "revisionHistoryLimit", 10);
                var strategy = child(spec, "updateStrategy");
                defaultTo(strategy, "type", "RollingUpdate");
                if (string(strategy, "type").equals("RollingUpdate")) {
                    defaultTo(child(strategy, "rollingUpdate"), "maxSurge", 0);
                    defaultTo(child(strategy, "rollingUpdate"), "maxUnavailable", 1);
                }
            }
            case "ReplicaSet" -> defaultTo(spec, "replicas", 1);
            default -> {
                return;
            }
        }
        template(object);
    }

    private static void rolling(ObjectNode strategy, String surge, String unavailable) {
        defaultTo(strategy, "type", "RollingUpdate");
        if (string(strategy, "type").equals("RollingUpdate")) {
            defaultTo(child(strategy, "rollingUpdate"), "maxSurge", surge);
            defaultTo(child(strategy, "rollingUpdate"), "maxUnavailable", unavailable);
        }
    }

    private static void statefulSet(ObjectNode spec) {
        defaultTo(spec, "replicas", 1);
        defaultTo(spec, "podManagementPolicy", "OrderedReady");
        defaultTo(spec, "revisionHistoryLimit", 10);
        var strategy = child(spec, "updateStrategy");
        defaultTo(strategy, "type", "RollingUpdate");
        if (string(strategy, "type").equals("RollingUpdate")) {
            defaultTo(child(strategy, "rollingUpdate"), "partition", 0);
        }
        var retention = child(spec, "persistentVolumeClaimRetentionPolicy");
        defaultTo(retention, "whenDeleted", "Retain");
        defaultTo(retention, "whenScaled", "Retain");
        for (var claim : objects(spec, "volumeClaimTemplates")) {
            defaultTo(claim, "apiVersion", "v1");
            defaultTo(claim, "kind", "PersistentVolumeClaim");
            defaultTo(child(claim, "spec"), "volumeMode", "Filesystem");
            defaultTo(child(claim, "status"), "phase", "Pending");
        }
    }

    private static void batch(Kind kind, ObjectNode object) {
        if (kind.kind().equals("Job")) {
            job(object);
            return;
        }
        var spec = child(object, "spec");
        defaultTo(spec, "concurrencyPolicy", "Allow");
        defaultTo(spec, "suspend", false);
        defaultTo(spec, "successfulJobsHistoryLimit", 3);
        defaultTo(spec, "failedJobsHistoryLimit", 1);
        Nodes.objectAt(spec, "jobTemplate").ifPresent(template -> child(template, "metadata"));
        Nodes.objectAt(spec, "jobTemplate", "spec", "template").ifPresent(Defaults::inner);
    }

    private static void job(ObjectNode object) {
        var spec = child(object, "spec");
        if (!spec.has("completions") && !spec.has("parallelism")) {
            spec.put("completions", 1);
        }
        defaultTo(spec, "parallelism", 1);
        defaultTo(spec, "backoffLimit", 6);
        defaultTo(spec, "completionMode", "NonIndexed");
        defaultTo(spec, "suspend", false);
        defaultTo(spec, "manualSelector", false);
        defaultTo(spec, "podReplacementPolicy", "TerminatingOrFailed");
        template(object);
        var uid = string(object, "metadata", "uid");
        if (spec.path("manualSelector").asBoolean(false) || uid.isEmpty()) {
            return;
        }
        var labels = child(child(child(spec, "template"), "metadata"), "labels");
        var name = string(object, "metadata", "name");
        labels.put("batch.kubernetes.io/controller-uid", uid).put("controller-uid", uid);
        labels.put("batch.kubernetes.io/job-name", name).put("job-name", name);
        child(child(spec, "selector"), "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
    }

    private static void template(ObjectNode object) {
        Nodes.objectAt(object, "spec", "template").ifPresent(Defaults::inner);
    }

    private static void inner(ObjectNode template) {
        child(template, "metadata");
        Nodes.objectAt(template, "spec").ifPresent(PodDefaults::fill);
    }

    private static void others(Kind kind, ObjectNode object) {
        switch (kind.kind()) {
            case "HorizontalPodAutoscaler" -> defaultTo(child(object, "spec"), "minReplicas", 1);
            case "NetworkPolicy" -> networkPolicy(child(object, "spec"));
            case "StorageClass" -> {
                defaultTo(object, "reclaimPolicy", "Delete");
                defaultTo(object, "volumeBindingMode", "Immediate");
            }
            case "PriorityClass" -> defaultTo(object, "preemptionPolicy", "PreemptLowerPriority");
            case "RoleBinding", "ClusterRoleBinding" -> binding(object);
            case "MutatingWebhookConfiguration" -> {
                webhooks(object);
                objects(object, "webhooks").forEach(webhook -> defaultTo(webhook, "reinvocationPolicy", "Never"));
            }
            case "ValidatingWebhookConfiguration" -> webhooks(object);
            case "CustomResourceDefinition" -> Definitions.fill(object);
            default -> {}
        }
    }

    private static void networkPolicy(ObjectNode spec) {
        if (!spec.has("policyTypes")) {
            var types = spec.putArray("policyTypes").add("Ingress");
            if (spec.path("egress") instanceof ArrayNode egress && !egress.isEmpty()) {
                types.add("Egress");
            }
        }
        for (var direction : List.of("ingress", "egress")) {
            objects(spec, direction)
                    .forEach(rule -> objects(rule, "ports").forEach(port -> defaultTo(port, "protocol", "TCP")));
        }
    }

    private static void binding(ObjectNode object) {
        defaultTo(child(object, "roleRef"), "apiGroup", "rbac.authorization.k8s.io");
        objects(object, "subjects").stream()
                .filter(subject -> !string(subject, "kind").equals("ServiceAccount"))
                .forEach(subject -> defaultTo(subject, "apiGroup", "rbac.authorization.k8s.io"));
    }

    private static void webhooks(ObjectNode object) {
        for (var webhook : objects(object, "webhooks")) {
            defaultTo(webhook, "failurePolicy", "Fail");
            defaultTo(webhook, "matchPolicy", "Equivalent");
            child(webhook, "namespaceSelector");
            child(webhook, "objectSelector");
            defaultTo(webhook, "timeoutSeconds", 10);
            objects(webhook, "rules").forEach(rule -> defaultTo(rule, "scope", "*"));
            Nodes.objectAt(webhook, "clientConfig", "service").ifPresent(service -> defaultTo(service, "port", 443));
        }
    }
}
