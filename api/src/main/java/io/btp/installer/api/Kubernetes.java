package io.btp.installer.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The API of one cluster. Host port: plugins only call it.
 *
 * <p>Manifests are ordered maps as YAML reads them; {@link io.btp.installer.api.contract.Secret}s may be leaves and are
 * revealed beside the call. While the cluster is missing, nothing is found. Every method throws {@link
 * ProviderException} when the cluster does not answer or refuses.
 */
public interface Kubernetes {
    /** Reads an object; empty where there is none, or its kind is not served. */
    Optional<Map<String, Object>> find(ObjectRef ref) throws InterruptedException;

    /**
     * Lists objects of a kind that carry all these labels; empty where the kind is not served.
     *
     * @param namespace where; empty for everywhere
     */
    List<Map<String, Object>> list(
            String apiVersion, String kind, Optional<String> namespace, Map<String, String> labels)
            throws InterruptedException;

    /** Names the storage classes: those that are the default first, then by name. */
    default List<String> storageClasses() throws InterruptedException {
        return classes("storage.k8s.io/v1", "StorageClass");
    }

    /** Names the ingress classes: those that are the default first, then by name. */
    default List<String> ingressClasses() throws InterruptedException {
        return classes("networking.k8s.io/v1", "IngressClass");
    }

    private List<String> classes(String apiVersion, String kind) throws InterruptedException {
        var annotation = kind.toLowerCase(Locale.ROOT) + ".kubernetes.io/is-default-class";
        var byDefault = new TreeSet<String>();
        var others = new TreeSet<String>();
        for (var each : list(apiVersion, kind, Optional.empty(), Map.of())) {
            if (each.get("metadata") instanceof Map<?, ?> metadata && metadata.get("name") instanceof String name) {
                boolean isDefault = metadata.get("annotations") instanceof Map<?, ?> annotations
                        && "true".equals(annotations.get(annotation));
                (isDefault ? byDefault : others).add(name);
            }
        }
        return Stream.concat(byDefault.stream(), others.stream()).toList();
    }

    /** Tells whether a group and version is served. */
    boolean serves(String groupVersion) throws InterruptedException;

    /**
     * Says which steps bring objects to what these manifests say: none where they are. Fields that a manifest does not
     * name are not looked at; another manager's change of a named field is drift. The owner labels are added, but for a
     * namespace whose manifest carries {@link Installation#SHARED_LABEL}: that one belongs to no single installation.
     */
    List<Step> steps(List<Map<String, Object>> manifests) throws InterruptedException;

    /**
     * Says which step waits for an object to be ready: none where it is. Ready means what the kind means by it: rolled
     * out, bound, completed, or the condition {@code Ready} of a custom resource.
     */
    List<Step> ready(ObjectRef ref) throws InterruptedException;

    /** Says which step waits for the object that a manifest describes to be ready, as {@link #ready(ObjectRef)}. */
    default List<Step> ready(Map<String, Object> manifest) throws InterruptedException {
        return ready(ObjectRef.to(manifest));
    }

    /**
     * Says which steps remove all objects of a kind that carry all these labels, wherever they are: none where there are
     * none. With the {@linkplain Context#labels owner labels} it is the removal of what {@link #steps} made.
     */
    default List<Step> removal(String apiVersion, String kind, Map<String, String> labels) throws InterruptedException {
        var found = list(apiVersion, kind, Optional.empty(), labels);
        return removal(found.stream().map(ObjectRef::to).toList());
    }

    /**
     * Says which steps remove objects and wait until they are gone: none for those that are not there. All namespaces of one
     * list are asked to go before the first of them is waited for.
     */
    List<Step> removal(List<ObjectRef> refs) throws InterruptedException;
}
