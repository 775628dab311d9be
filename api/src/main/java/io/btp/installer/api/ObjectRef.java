package io.btp.installer.api;

import java.util.Map;
import java.util.Optional;

/**
 * Refers to one Kubernetes object.
 *
 * @param apiVersion group and version, or the version alone in the core group
 * @param kind for example {@code Deployment}
 * @param namespace empty for what is cluster-wide
 * @param name its name
 */
public record ObjectRef(String apiVersion, String kind, Optional<String> namespace, String name) {
    /** Refers to an object in a namespace. */
    public static ObjectRef of(String apiVersion, String kind, String namespace, String name) {
        return new ObjectRef(apiVersion, kind, Optional.of(namespace), name);
    }

    /** Refers to a cluster-wide object. */
    public static ObjectRef clusterWide(String apiVersion, String kind, String name) {
        return new ObjectRef(apiVersion, kind, Optional.empty(), name);
    }

    /**
     * Refers to the object that a manifest describes.
     *
     * @throws IllegalArgumentException if apiVersion, kind or metadata.name is missing
     */
    public static ObjectRef to(Map<String, Object> manifest) {
        if (manifest.get("apiVersion") instanceof String apiVersion
                && manifest.get("kind") instanceof String kind
                && manifest.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("name") instanceof String name) {
            var namespace = Optional.ofNullable(metadata.get("namespace")).map(String::valueOf);
            return new ObjectRef(apiVersion, kind, namespace, name);
        }
        throw new IllegalArgumentException("a manifest has apiVersion, kind and metadata.name");
    }

    /** Gives {@code Kind namespace/name}, as people read it. */
    @Override
    public String toString() {
        return kind + " " + namespace.map(where -> where + "/").orElse("") + name;
    }
}
