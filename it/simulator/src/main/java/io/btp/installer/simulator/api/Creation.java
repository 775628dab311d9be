package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.child;
import static io.btp.installer.simulator.api.Nodes.string;

import io.btp.installer.simulator.api.Kind.Trait;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What happens to an object once, when it is made. */
final class Creation {
    static final Kind NAMESPACE = Kinds.builtIn("", "Namespace");
    private static final List<String> SYSTEM_METADATA =
            List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "managedFields");

    private final Store store;
    private final InstantSource clock;
    private final String authority;
    private final Services services;

    Creation(Store store, InstantSource clock, String authority) {
        this.store = store;
        this.clock = clock;
        this.authority = authority;
        this.services = new Services(store);
    }

    void requireNamespace(Target target) {
        if (!target.kind().namespaced()) {
            return;
        }
        var name = target.namespace();
        var namespace = store.find(NAMESPACE, "", name).orElseThrow(() -> Refusal.notFound(NAMESPACE, name));
        if (namespace.path("metadata").has("deletionTimestamp")) {
            throw Refusal.forbidden(
                            target.kind(),
                            target.name(),
                            "unable to create new content in namespace %s because it is being terminated"
                                    .formatted(name))
                    .with(List.of(new Refusal.Cause(
                            "NamespaceTerminating",
                            "namespace %s is being terminated".formatted(name),
                            "metadata.namespace")));
        }
    }

    void prepare(Kind kind, ObjectNode object, Instant now) {
        var metadata = child(object, "metadata");
        var managed = metadata.path("managedFields");
        metadata.remove(SYSTEM_METADATA);
        Nodes.assign(metadata, "managedFields", managed);
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now.toString());
        if (kind.has(Trait.GENERATION)) {
            metadata.put("generation", 1);
        }
        Defaults.fill(kind, object);
        status(kind, object, now);
    }

    private static void status(Kind kind, ObjectNode object, Instant now) {
        if (!kind.has(Trait.STATUS) || kind.is("", "Node")) {
            return;
        }
        object.remove("status");
        if (kind.has(Trait.CUSTOM)) {
            return;
        }
        var status = object.putObject("status");
        switch (kind.kind()) {
            case "Namespace" -> {
                status.put("phase", "Active");
                child(object, "spec").set("finalizers", Nodes.strings(List.of("kubernetes")));
            }
            case "Pod" -> status.put("phase", "Pending").put("qosClass", quality(object));
            case "PersistentVolumeClaim", "PersistentVolume" -> status.put("phase", "Pending");
            case "Service", "Ingress" -> status.putObject("loadBalancer");
            case "StatefulSet" -> status.put("replicas", 0).put("availableReplicas", 0);
            case "ReplicaSet" -> status.put("replicas", 0);
            case "CustomResourceDefinition" -> Definitions.establish(object, now);
            default -> {}
        }
    }

    private static String quality(ObjectNode pod) {
        var resources = Nodes.objects(pod, "spec", "containers").stream()
                .map(container -> container.path("resources"))
                .toList();
        if (resources.stream()
                .allMatch(each ->
                        each.path("requests").isEmpty() && each.path("limits").isEmpty())) {
            return "BestEffort";
        }
        return resources.stream()
                        .allMatch(each -> each.path("limits").has("cpu")
                                && each.path("limits").has("memory")
                                && each.path("limits").equals(each.path("requests")))
                ? "Guaranteed"
                : "Burstable";
    }

    /** Does what depends on other objects. */
    void admit(Kind kind, ObjectNode object) {
        allocate(kind, object, Nodes.object());
        if (kind.is("", "PersistentVolumeClaim") && !object.path("spec").has("storageClassName")) {
            preferred("storage.k8s.io", "StorageClass", "storageclass.kubernetes.io/is-default-class")
                    .ifPresent(name -> child(object, "spec").put("storageClassName", name));
        }
        if (kind.kind().equals("Ingress") && !object.path("spec").has("ingressClassName")) {
            preferred("networking.k8s.io", "IngressClass", "ingressclass.kubernetes.io/is-default-class")
                    .ifPresent(name -> child(object, "spec").put("ingressClassName", name));
        }
        if (kind.is("", "Pod")) {
            requireServiceAccount(kind, object);
        }
    }

    private void requireServiceAccount(Kind kind, ObjectNode pod) {
        var account = string(pod, "spec", "serviceAccountName");
        if (store.find(Kinds.builtIn("", "ServiceAccount"), string(pod, "metadata", "namespace"), account)
                .isEmpty()) {
            throw Refusal.forbidden(
                    kind,
                    string(pod, "metadata", "name"),
                    "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                            .formatted(string(pod, "metadata", "namespace"), account, account));
        }
    }

    private Optional<String> preferred(String group, String kind, String annotation) {
        return store.list(Kinds.builtIn(group, kind).qualified(), "").items().stream()
                .filter(candidate ->
                        string(candidate, "metadata", "annotations", annotation).equals("true"))
                .map(candidate -> string(candidate, "metadata", "name"))
                .findFirst();
    }

    void allocate(Kind kind, ObjectNode object, ObjectNode live) {
        if (kind.is("", "Service")) {
            services.allocate(object, live);
        }
    }

    /** Makes what each namespace has from the start, where it is missing. Only inside a write. */
    void furnish(String namespace) {
        var account = Nodes.object().put("apiVersion", "v1").put("kind", "ServiceAccount");
        account.putObject("metadata").put("name", "default").put("namespace", namespace);
        place(Kinds.builtIn("", "ServiceAccount"), account);
        var trust = Nodes.object().put("apiVersion", "v1").put("kind", "ConfigMap");
        trust.putObject("metadata").put("name", "kube-root-ca.crt").put("namespace", namespace);
        trust.putObject("data").put("ca.crt", authority);
        place(Kinds.builtIn("", "ConfigMap"), trust);
    }

    /** Makes an object of the system, where it is missing. Only inside a write. */
    void place(Kind kind, ObjectNode object) {
        var namespace = string(object, "metadata", "namespace");
        if (store.find(kind, namespace, string(object, "metadata", "name")).isEmpty()) {
            var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            prepare(kind, object, now);
            admit(kind, object);
            Ownership.update(Nodes.object(), object, kind, "", "kube-apiserver", now);
            store.put(kind, object);
        }
    }
}
