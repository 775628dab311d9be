package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ProviderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a namespace holds, as far as it decides whether the namespace may go. */
final class NamespaceContents {
    private static final String CLAIM = "PersistentVolumeClaim";
    private static final Map<String, String> KINDS = kinds();

    private final List<Map<String, Object>> objects;
    private final Installation installation;

    private NamespaceContents(List<Map<String, Object>> objects, Installation installation) {
        this.objects = objects;
        this.installation = installation;
    }

    private static Map<String, String> kinds() {
        var kinds = new LinkedHashMap<String, String>();
        List.of("Pod", CLAIM, "Secret", "ConfigMap", "Service").forEach(kind -> kinds.put(kind, "v1"));
        List.of("Deployment", "StatefulSet", "DaemonSet").forEach(kind -> kinds.put(kind, "apps/v1"));
        List.of("Job", "CronJob").forEach(kind -> kinds.put(kind, "batch/v1"));
        kinds.put("Ingress", "networking.k8s.io/v1");
        kinds.put("Cluster", CloudNativePgOperator.GROUP_VERSION);
        return kinds;
    }

    /** Reads a namespace. */
    static NamespaceContents of(String namespace, Kubernetes kubernetes, Installation installation)
            throws InterruptedException {
        var listings = new ArrayList<Future<List<Map<String, Object>>>>();
        var objects = new ArrayList<Map<String, Object>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            KINDS.forEach((kind, version) -> listings.add(
                    threads.submit(() -> kubernetes.list(version, kind, Optional.of(namespace), Map.of()))));
            try {
                for (var listing : listings) {
                    objects.addAll(result(listing));
                }
            } finally {
                threads.shutdownNow();
            }
        }
        return new NamespaceContents(objects, installation);
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ProviderException refused) {
                throw new ProviderException(refused.problem(), refused);
            }
            throw new IllegalStateException("a namespace cannot be read", failed.getCause());
        }
    }

    /** Tells whether data are in it: claims, databases, generated secrets. */
    boolean holdsData() {
        return objects.stream().anyMatch(NamespaceContents::isData);
    }

    private static boolean isData(Map<String, Object> object) {
        var kind = Tree.text(object, "kind").orElse("");
        return kind.equals(CLAIM)
                || kind.equals("Cluster")
                || Tree.labels(object).containsKey(PlainSecretStorage.LABEL);
    }

    /** Tells whether anything in it is not of this installation, nor of those who made what is. */
    boolean holdsOthers() {
        return objects.stream().anyMatch(object -> !isGiven(object) && !Tree.isOwned(object) && !isOurs(object));
    }

    private static boolean isGiven(Map<String, Object> object) {
        return Tree.name(object).equals("kube-root-ca.crt")
                || Tree.text(object, "type").orElse("").equals("kubernetes.io/service-account-token");
    }

    // What charts and operators made for us carries no owner label, but one that names something of ours.
    private boolean isOurs(Map<String, Object> object) {
        var labels = Tree.labels(object);
        var owner = Optional.ofNullable(labels.get(Installation.LABEL));
        return owner.map(installation.name()::equals)
                .orElseGet(() -> labels.values().stream()
                        .anyMatch(value ->
                                value.equals(installation.name()) || value.startsWith(installation.nameOf(""))));
    }

    /** Tells whether another installation has something in it. */
    boolean holdsOtherInstallations() {
        return objects.stream()
                .map(object -> Optional.ofNullable(Tree.labels(object).get(Installation.LABEL)))
                .flatMap(Optional::stream)
                .anyMatch(owner -> !owner.equals(installation.name()));
    }
}
