package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.string;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes what each cluster has from the start, and brings what a killed process left half done to its end. */
final class Seed {
    private static final Kind NAMESPACE = Creation.NAMESPACE;
    private static final Kind STORAGE_CLASS = Kinds.builtIn("storage.k8s.io", "StorageClass");

    private final Store store;
    private final Kinds kinds;
    private final Creation creation;

    Seed(Store store, Kinds kinds, Creation creation) {
        this.store = store;
        this.kinds = kinds;
        this.creation = creation;
    }

    void plant() {
        store.write(() -> {
            store.list("customresourcedefinitions.apiextensions.k8s.io", "")
                    .items()
                    .forEach(kinds::define);
            var isNew = store.list(NAMESPACE.qualified(), "").items().isEmpty();
            for (var name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
                creation.place(NAMESPACE, namespace(name));
            }
            if (isNew) {
                creation.place(STORAGE_CLASS, storageClass());
            }
            for (var namespace : store.list(NAMESPACE.qualified(), "").items()) {
                if (!namespace.path("metadata").has("deletionTimestamp")) {
                    creation.furnish(string(namespace, "metadata", "name"));
                }
            }
            return isNew;
        });
    }

    private static ObjectNode namespace(String name) {
        var namespace = Nodes.object().put("apiVersion", "v1").put("kind", "Namespace");
        var metadata = namespace.putObject("metadata").put("name", name);
        if (name.equals("kube-system")) {
            // Clients read from it that no kubelet runs what is scheduled here.
            metadata.putObject("labels").put("installer.btp/simulated", "true");
        }
        return namespace;
    }

    private static ObjectNode storageClass() {
        var storageClass = Nodes.object().put("apiVersion", "storage.k8s.io/v1").put("kind", "StorageClass");
        storageClass
                .putObject("metadata")
                .put("name", "standard")
                .putObject("annotations")
                .put("storageclass.kubernetes.io/is-default-class", "true");
        return storageClass.put("provisioner", "sandbox.installer.btp/disk").put("allowVolumeExpansion", true);
    }
}
