package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A cluster in memory: objects and releases, and the operator that acts on them. */
final class World {
    static final String GROUP_VERSION = CloudNativePgOperator.GROUP_VERSION;
    private static final ObjectRef DEFINITION =
            ObjectRef.clusterWide("apiextensions.k8s.io/v1", "CustomResourceDefinition", "clusters.postgresql.cnpg.io");

    private static final ObjectRef CERTIFICATES = ObjectRef.clusterWide(
            "apiextensions.k8s.io/v1", "CustomResourceDefinition", "certificates.cert-manager.io");
    private static final Map<String, ObjectRef> DEFINED =
            Map.of(GROUP_VERSION, DEFINITION, CertManager.GROUP_VERSION, CERTIFICATES);
    private static final Map<String, ObjectRef> DEFINITIONS_OF =
            Map.of("cloudnative-pg", DEFINITION, "cert-manager", CERTIFICATES);

    final Map<String, Map<String, Object>> objects = new TreeMap<>();
    final Map<String, HelmRelease> releases = new TreeMap<>();
    /** How often the operator's webhook refuses before it answers. */
    int refusals;
    /** Whether no Service gets a load balancer. */
    boolean balancersArePending;

    Optional<Map<String, Object>> find(ObjectRef ref) {
        return isServed(ref.apiVersion()) ? Optional.ofNullable(objects.get(key(ref))) : Optional.empty();
    }

    List<Map<String, Object>> all() {
        return List.copyOf(objects.values());
    }

    boolean isServed(String apiVersion) {
        return Optional.ofNullable(DEFINED.get(apiVersion))
                .map(definition -> objects.containsKey(key(definition)))
                .orElse(true);
    }

    boolean hasOperator() {
        return objects.containsKey("Deployment theirs/operator")
                || releases.containsKey("cnpg-system/btp-cloudnative-pg");
    }

    /** Somebody else's operator. */
    void putForeignOperator() {
        putForeignDefinition();
        put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "theirs")));
        put(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of(
                        "name",
                        "operator",
                        "namespace",
                        "theirs",
                        "labels",
                        Map.of("app.kubernetes.io/name", "cloudnative-pg"))));
    }

    /** The definition of somebody else's operator. */
    void putForeignDefinition() {
        objects.put(key(DEFINITION), definition(DEFINITION, Map.of()));
    }

    /** The definitions of cert-manager, by whomever. */
    void putCertificates() {
        objects.put(key(CERTIFICATES), definition(CERTIFICATES, Map.of()));
    }

    private static Map<String, Object> definition(ObjectRef ref, Map<String, Object> annotations) {
        return Map.of(
                "apiVersion",
                ref.apiVersion(),
                "kind",
                ref.kind(),
                "metadata",
                Map.of("name", ref.name(), "annotations", annotations),
                "spec",
                Map.of(
                        "group", ref.name().substring(ref.name().indexOf('.') + 1),
                        "names", Map.of("kind", ref.equals(DEFINITION) ? "Cluster" : "Certificate"),
                        "versions", List.of(Map.of("name", "v1", "served", true))));
    }

    void put(Map<String, Object> manifest) {
        var object = plain(manifest);
        var ref = ObjectRef.to(object);
        if (!isServed(ref.apiVersion())) {
            throw refused(Problem.Reason.NOT_FOUND, ref.apiVersion() + " is not served");
        }
        if (ref.namespace().isPresent()
                && find(ObjectRef.clusterWide("v1", "Namespace", ref.namespace().get()))
                        .isEmpty()) {
            throw refused(Problem.Reason.NOT_FOUND, "no namespace for " + ref);
        }
        admit(ref);
        var live = objects.get(key(ref));
        if (live != null
                && Boolean.TRUE.equals(live.get("immutable"))
                && !Objects.equals(live.get("data"), object.get("data"))) {
            throw refused(Problem.Reason.INVALID, ref + " is immutable");
        }
        objects.put(key(ref), live == null ? object : merged(live, object));
        act();
    }

    /** What the operator's webhook says to a change, and to one that is only tried. */
    void admit(ObjectRef ref) {
        if (ref.apiVersion().equals(GROUP_VERSION) && refusals-- > 0) {
            throw refused(Problem.Reason.NOT_READY, "failed calling webhook");
        }
    }

    void delete(ObjectRef ref) {
        objects.remove(key(ref));
        if (ref.kind().equals("Namespace")) {
            objects.keySet().removeIf(key -> key.contains(" " + ref.name() + "/"));
            releases.keySet().removeIf(key -> key.startsWith(ref.name() + "/"));
        }
        act();
    }

    /** What the operator and the garbage collector do. */
    void act() {
        for (var object : all()) {
            if (hasOperator() && "Cluster".equals(object.get("kind"))) {
                run(object);
            }
            if (hasOperator() && "Database".equals(object.get("kind"))) {
                status(object, Map.of("applied", true));
            }
        }
        objects.values().removeIf(this::isOrphan);
    }

    private void run(Map<String, Object> cluster) {
        status(cluster, Map.of("ready", true));
        var name = Tree.name(cluster);
        var namespace = Tree.namespace(cluster);
        made("Secret", namespace, name + "-ca", Map.of("data", Map.of("ca.crt", base64("authority of " + name))), name);
        made("PersistentVolumeClaim", namespace, name + "-1", Map.of(), name);
    }

    private void made(String kind, String namespace, String name, Map<String, Object> content, String owner) {
        var object = new LinkedHashMap<String, Object>(content);
        object.put("apiVersion", "v1");
        object.put("kind", kind);
        object.put(
                "metadata",
                Map.of(
                        "name",
                        name,
                        "namespace",
                        namespace,
                        "labels",
                        Map.of("cnpg.io/cluster", owner),
                        "ownerReferences",
                        List.of(Map.of("kind", "Cluster", "name", owner))));
        objects.putIfAbsent(key(ObjectRef.to(object)), object);
    }

    private boolean isOrphan(Map<String, Object> object) {
        return Tree.isOwned(object)
                && all().stream()
                        .noneMatch(owner -> "Cluster".equals(owner.get("kind"))
                                && Tree.name(owner).equals(Tree.labels(object).get("cnpg.io/cluster")));
    }

    private void status(Map<String, Object> object, Map<String, Object> status) {
        var changed = new LinkedHashMap<>(object);
        changed.put("status", status);
        objects.put(key(ObjectRef.to(object)), changed);
    }

    void install(HelmRelease release, Map<String, String> owner) {
        var key = release.namespace() + "/" + release.name();
        if (find(ObjectRef.clusterWide("v1", "Namespace", release.namespace())).isEmpty()) {
            throw refused(Problem.Reason.NOT_FOUND, "no namespace for release " + key);
        }
        releases.put(key, release);
        var history = new LinkedHashMap<String, Object>(owner);
        history.putAll(Map.of("owner", "helm", "name", release.name()));
        released("v1", "Secret", release, "sh.helm.release.v1." + release.name() + ".v1", Map.of(), history);
        var replicated = release.values().orElseGet(Map::of).containsKey("replica");
        released(
                "apps/v1",
                replicated ? "StatefulSet" : "Deployment",
                release,
                release.name(),
                Map.of(),
                instance(release));
        Optional.ofNullable(DEFINITIONS_OF.get(release.chart().name()))
                .ifPresent(definition ->
                        objects.put(key(definition), definition(definition, Map.copyOf(annotations(release)))));
        if (release.chart().name().equals("traefik")) {
            routed(release);
        }
        if (release.chart().name().equals("valkey")) {
            var size = Tree.text(release.values().orElseThrow(), "dataStorage", "requestedSize")
                    .or(() -> Tree.text(release.values().orElseThrow(), "replica", "persistence", "size"))
                    .orElseThrow();
            released(
                    "v1",
                    "PersistentVolumeClaim",
                    release,
                    replicated ? "valkey-data-" + release.name() + "-0" : release.name(),
                    Map.of("spec", Map.of("resources", Map.of("requests", Map.of("storage", size)))),
                    instance(release));
        }
        act();
    }

    /** What the chart of an ingress controller brings, and the address that the cluster gives it. */
    private void routed(HelmRelease release) {
        var values = release.values().orElseThrow();
        var definition = Map.<String, Object>of(
                "apiVersion",
                "apiextensions.k8s.io/v1",
                "kind",
                "CustomResourceDefinition",
                "metadata",
                Map.of(
                        "name",
                        "middlewares.traefik.io",
                        "labels",
                        Map.of("installer.btp/shared", release.shared().orElseThrow())),
                "spec",
                Map.of(
                        "group", "traefik.io",
                        "names", Map.of("kind", "Middleware"),
                        "versions", List.of(Map.of("name", "v1alpha1", "served", true))));
        objects.put(key(ObjectRef.to(definition)), definition);
        var ingressClass = Map.<String, Object>of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "IngressClass",
                "metadata",
                Map.of(
                        "name",
                        Tree.text(values, "ingressClass", "name").orElseThrow(),
                        "annotations",
                        annotations(release)),
                "spec",
                Map.of("controller", "traefik.io/ingress-controller"));
        objects.put(key(ObjectRef.to(ingressClass)), ingressClass);
        var type = Tree.text(values, "service", "spec", "type").orElseThrow();
        var hasAddress = type.equals("LoadBalancer") && !balancersArePending;
        Map<String, Object> status =
                hasAddress ? Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("ip", "203.0.113.7")))) : Map.of();
        released(
                "v1",
                "Service",
                release,
                release.name(),
                Map.of("spec", Map.of("type", type), "status", status),
                instance(release));
    }

    private static Map<String, Object> annotations(HelmRelease release) {
        return Map.of(
                "meta.helm.sh/release-name", release.name(),
                "meta.helm.sh/release-namespace", release.namespace());
    }

    private static Map<String, Object> instance(HelmRelease release) {
        return Map.of("app.kubernetes.io/instance", release.name());
    }

    private void released(
            String apiVersion,
            String kind,
            HelmRelease release,
            String name,
            Map<String, Object> content,
            Map<String, Object> labels) {
        var object = new LinkedHashMap<String, Object>(content);
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put(
                "metadata",
                Map.of(
                        "name",
                        name,
                        "namespace",
                        release.namespace(),
                        "labels",
                        labels,
                        "annotations",
                        annotations(release)));
        objects.put(key(ObjectRef.to(object)), object);
    }

    /** Removes a release; claims and definitions stay. */
    void uninstall(String namespace, String name) {
        releases.remove(namespace + "/" + name);
        objects.values()
                .removeIf(object -> "IngressClass".equals(object.get("kind"))
                        && name.equals(Tree.annotations(object).get("meta.helm.sh/release-name")));
        objects.values()
                .removeIf(object -> Tree.namespace(object).equals(namespace)
                        && !"PersistentVolumeClaim".equals(object.get("kind"))
                        && (name.equals(Tree.labels(object).get("app.kubernetes.io/instance"))
                                || name.equals(Tree.labels(object).get("name"))));
    }

    List<String> names() {
        return objects.values().stream()
                .map(object -> ObjectRef.to(object).toString())
                .sorted()
                .toList();
    }

    static String key(ObjectRef ref) {
        return ref.toString();
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static ProviderException refused(Problem.Reason reason, String summary) {
        return new ProviderException(Problem.of(reason, summary, "none: a fake refused"));
    }

    /** The form in which the server keeps a manifest: secrets revealed, {@code stringData} moved to {@code data}. */
    static Map<String, Object> plain(Map<String, Object> manifest) {
        var object = new LinkedHashMap<String, Object>();
        manifest.forEach((key, value) -> object.put(key, revealed(value)));
        if (object.remove("stringData") instanceof Map<?, ?> texts) {
            var data = new LinkedHashMap<String, Object>();
            texts.forEach((key, value) -> data.put(String.valueOf(key), base64(String.valueOf(value))));
            object.put("data", data);
        }
        return object;
    }

    private static Object revealed(Object value) {
        return switch (value) {
            case Secret secret -> secret.reveal();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, inner) -> copy.put(String.valueOf(key), revealed(inner)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(inner -> copy.add(revealed(inner)));
                yield copy;
            }
            case Object leaf -> leaf;
        };
    }

    static Map<String, Object> merged(Map<String, Object> live, Map<String, Object> applied) {
        var merged = new LinkedHashMap<>(live);
        applied.forEach((key, value) -> merged.put(
                key,
                value instanceof Map<?, ?> map && live.get(key) instanceof Map<?, ?> before
                        ? merged(texts(before), texts(map))
                        : value));
        return merged;
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
