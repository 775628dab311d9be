package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Leaves the number of replicas to an autoscaler, where one is set up for the object. */
final class Replicas {
    private static final Set<String> SCALABLE = Set.of("Deployment", "StatefulSet", "ReplicaSet");

    private final ClusterClient client;

    Replicas(ClusterClient client) {
        this.client = client;
    }

    /**
     * Puts the number that lives into the manifest: left out, a number that we set earlier would fall back to 1.
     */
    Map<String, Object> leftToAutoscaler(Map<String, Object> manifest, ObjectRef ref) throws InterruptedException {
        if (!SCALABLE.contains(ref.kind())
                || Fields.number(manifest, "spec", "replicas").isEmpty()
                || !isAutoscaled(ref)) {
            return manifest;
        }
        return client.find(ref)
                .flatMap(live -> Fields.number(live, "spec", "replicas"))
                .map(replicas ->
                        Fields.with(manifest, "spec", Fields.with(Fields.map(manifest, "spec"), "replicas", replicas)))
                .orElse(manifest);
    }

    private boolean isAutoscaled(ObjectRef ref) throws InterruptedException {
        return client.list("autoscaling/v2", "HorizontalPodAutoscaler", ref.namespace(), Map.of()).stream()
                .map(autoscaler -> Fields.map(autoscaler, "spec", "scaleTargetRef"))
                .anyMatch(target -> Optional.of(ref.kind()).equals(Fields.text(target, "kind"))
                        && Optional.of(ref.name()).equals(Fields.text(target, "name")));
    }
}
