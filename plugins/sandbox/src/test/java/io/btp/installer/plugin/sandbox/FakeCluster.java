package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster in memory, with a Helm whose every release makes the objects that its name promises: a Service, a
 * StatefulSet where there is storage, a claim, a certificate.
 */
final class FakeCluster implements Kubernetes, Helm {
    private final Map<String, Map<String, Object>> objects = new TreeMap<>();
    private final Map<String, HelmRelease> releases = new LinkedHashMap<>();
    private final Map<String, String> labels;

    FakeCluster(Map<String, String> labels) {
        this.labels = labels;
    }

    Map<String, HelmRelease> releases() {
        return Map.copyOf(releases);
    }

    List<String> names() {
        return List.copyOf(objects.keySet());
    }

    void put(Map<String, Object> manifest) {
        objects.put(ObjectRef.to(manifest).toString(), manifest);
    }

    static Map<String, Object> object(
            String apiVersion, String kind, String namespace, String name, Map<String, String> labels) {
        return new HashMap<>(Map.of(
                "apiVersion", apiVersion,
                "kind", kind,
                "metadata", Map.of("name", name, "namespace", namespace, "labels", labels)));
    }

    @Override
    public Optional<Map<String, Object>> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref.toString()));
    }

    @Override
    public List<Map<String, Object>> list(
            String apiVersion, String kind, Optional<String> namespace, Map<String, String> selector) {
        return objects.values().stream()
                .filter(object -> kind.equals(object.get("kind")))
                .filter(object -> labelsOf(object).entrySet().containsAll(selector.entrySet()))
                .toList();
    }

    private static Map<?, ?> labelsOf(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> metadata && metadata.get("labels") instanceof Map<?, ?> found
                ? found
                : Map.of();
    }

    @Override
    public boolean serves(String groupVersion) {
        return true;
    }

    @Override
    public List<Step> steps(List<Map<String, Object>> manifests) {
        var steps = new ArrayList<Step>();
        for (var manifest : manifests) {
            var owned = owned(manifest);
            var live = find(ObjectRef.to(manifest));
            if (live.isEmpty()) {
                steps.add(Step.create(ObjectRef.to(manifest).toString(), progress -> put(owned)));
            } else if (!live.get().equals(owned)) {
                steps.add(Step.update(ObjectRef.to(manifest).toString(), progress -> put(owned)));
            }
        }
        return steps;
    }

    private Map<String, Object> owned(Map<String, Object> manifest) {
        var metadata = new HashMap<String, Object>();
        if (manifest.get("metadata") instanceof Map<?, ?> given) {
            given.forEach((key, value) -> metadata.put(String.valueOf(key), value));
        }
        metadata.put("labels", labels);
        var owned = new HashMap<>(manifest);
        owned.put("metadata", metadata);
        return owned;
    }

    @Override
    public List<Step> ready(ObjectRef ref) {
        return List.of();
    }

    @Override
    public List<Step> removal(List<ObjectRef> refs) {
        return refs.stream()
                .filter(ref -> find(ref).isPresent())
                .map(ref -> Step.delete(ref.toString(), progress -> objects.remove(ref.toString())))
                .toList();
    }

    @Override
    public List<Step> steps(HelmRelease release) {
        var live = releases.get(release.name());
        if (live != null && live.values().equals(release.values())) {
            return List.of();
        }
        return List.of(Step.create("release " + release.name(), progress -> install(release))
                .after(release.after().toArray(Need<?>[]::new)));
    }

    private void install(HelmRelease release) {
        var values = release.values().orElseThrow();
        releases.put(release.name(), release);
        var instance = Map.of("app.kubernetes.io/instance", release.name());
        var namespace = release.namespace();
        put(object(
                "v1",
                "Secret",
                namespace,
                "sh.helm.release.v1." + release.name() + ".v1",
                Map.of("owner", "helm", "name", release.name())));
        put(object("v1", "Service", namespace, release.name(), instance));
        if (values.get("secretName") instanceof String tls) {
            put(object("v1", "Secret", namespace, tls, instance));
        }
        if (values.get("storage") instanceof String storage) {
            put(object("v1", "PersistentVolumeClaim", namespace, "data-" + release.name() + "-0", instance));
            var set = object("apps/v1", "StatefulSet", namespace, release.name(), instance);
            var requests = Map.of("resources", Map.of("requests", Map.of("storage", storage)));
            set.put("spec", Map.of("volumeClaimTemplates", List.of(Map.of("spec", requests))));
            put(set);
        }
    }

    @Override
    public List<Step> removal(String namespace, String name) {
        var release = releases.get(name);
        if (release == null || !release.namespace().equals(namespace)) {
            return List.of();
        }
        return List.of(Step.delete("release " + name, progress -> {
            releases.remove(name);
            objects.values()
                    .removeIf(object -> !"PersistentVolumeClaim".equals(object.get("kind"))
                            && (name.equals(labelsOf(object).get("app.kubernetes.io/instance"))
                                    || name.equals(labelsOf(object).get("name"))));
        }));
    }

    /** Gives the load balancer of a Service an address, as a cloud would. */
    void balance(String namespace, String service, String address) {
        var object = new HashMap<>(
                find(ObjectRef.of("v1", "Service", namespace, service)).orElseThrow());
        object.put("status", Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("ip", address)))));
        put(object);
    }

    static Map<String, String> ownerLabels(String provider) {
        return Map.of(Installation.LABEL, "acme", Installation.PROVIDER_LABEL, provider);
    }
}
