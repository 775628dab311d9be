package io.btp.installer.host.helm;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.kubernetes.Manifests;
import io.btp.installer.host.kubernetes.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The objects that a release's manifest describes, each with its namespace; hooks aside. */
record Rendered(Map<ObjectRef, Map<String, Object>> objects) {
    private static final String POLICY = "helm.sh/resource-policy";

    /** Reads a manifest as Helm renders or stores it. */
    static Rendered of(String manifest, String namespace, ClusterClient client) throws InterruptedException {
        return read(manifest, namespace, client, false);
    }

    /** Reads the manifest of a hook. */
    static Rendered hooks(String manifest, String namespace, ClusterClient client) throws InterruptedException {
        return read(manifest, namespace, client, true);
    }

    private static Rendered read(String manifest, String namespace, ClusterClient client, boolean hooks)
            throws InterruptedException {
        var objects = new LinkedHashMap<ObjectRef, Map<String, Object>>();
        for (var object : Yaml.objects(manifest)) {
            for (var item : items(object)) {
                if (isHook(item) == hooks && item.containsKey("kind")) {
                    var placed = placed(item, namespace, client);
                    objects.put(ObjectRef.to(placed), placed);
                }
            }
        }
        return new Rendered(objects);
    }

    /** Gives the items of a list, as some charts write them. */
    private static List<Map<String, Object>> items(Map<String, Object> object) {
        return String.valueOf(object.get("kind")).endsWith("List") && object.get("items") instanceof List<?>
                ? Fields.maps(object, "items")
                : List.of(object);
    }

    private static boolean isHook(Map<String, Object> object) {
        return Fields.text(object, "metadata", "annotations", "helm.sh/hook").isPresent();
    }

    private static Map<String, Object> placed(Map<String, Object> object, String namespace, ClusterClient client)
            throws InterruptedException {
        var metadata = new LinkedHashMap<String, Object>(Fields.map(object, "metadata"));
        // Kinds that are not served yet are custom resources; those of charts live in namespaces, but for few.
        var namespaced = client.type(String.valueOf(object.get("apiVersion")), String.valueOf(object.get("kind")))
                .map(ResourceType::namespaced)
                .orElse(true);
        if (namespaced) {
            metadata.putIfAbsent("namespace", namespace);
        } else {
            metadata.remove("namespace");
        }
        return Fields.with(object, "metadata", metadata);
    }

    /** Gives the objects with the marks by which Helm knows whose they are; it does not write them into the manifest. */
    Rendered marked(String namespace, String name) {
        var marked = new LinkedHashMap<ObjectRef, Map<String, Object>>();
        objects.forEach((ref, object) -> {
            var annotations = new LinkedHashMap<String, Object>(Fields.map(object, "metadata", "annotations"));
            annotations.put("meta.helm.sh/release-name", name);
            annotations.put("meta.helm.sh/release-namespace", namespace);
            var labelled = Manifests.labelled(object, Map.of("app.kubernetes.io/managed-by", "Helm"));
            marked.put(ref, annotated(labelled, annotations));
        });
        return new Rendered(marked);
    }

    /** Tells whether an object that lives belongs to this release, as Helm marks it. */
    static boolean isOf(Map<String, Object> object, String namespace, String name) {
        var annotations = Fields.map(object, "metadata", "annotations");
        return name.equals(annotations.get("meta.helm.sh/release-name"))
                && namespace.equals(annotations.get("meta.helm.sh/release-namespace"));
    }

    /** Tells whether an object that lives belongs to some release, as Helm marks it. */
    static boolean isOfSome(Map<String, Object> object) {
        return Fields.text(object, "metadata", "annotations", "meta.helm.sh/release-name")
                .isPresent();
    }

    /** Tells whether Helm leaves the object alone when the release goes. */
    static boolean isKept(Map<String, Object> object) {
        return Fields.text(object, "metadata", "annotations", POLICY)
                .filter(policy -> policy.strip().equalsIgnoreCase("keep"))
                .isPresent();
    }

    /** Gives the object with the annotation that lets Helm leave it alone. */
    static Map<String, Object> kept(Map<String, Object> object) {
        var annotations = new LinkedHashMap<String, Object>(Fields.map(object, "metadata", "annotations"));
        annotations.put(POLICY, "keep");
        return annotated(object, annotations);
    }

    private static Map<String, Object> annotated(Map<String, Object> object, Map<String, Object> annotations) {
        return Fields.with(object, "metadata", Fields.with(Fields.map(object, "metadata"), "annotations", annotations));
    }
}
