package io.btp.installer.host;

import io.btp.installer.api.Permission;
import io.btp.installer.host.helm.HelmHost;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Right;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rights as the cluster's own authorizer tells them, whatever it is. */
final class ClusterRights implements Rights {
    private final ClusterClient client;
    private final HelmHost helm;

    ClusterRights(ClusterClient client, HelmHost helm) {
        this.client = client;
        this.helm = helm;
    }

    @Override
    public boolean areUnlimited() throws InterruptedException {
        return client.mayI(new Right("*", "*", "*", Optional.empty(), Optional.empty()));
    }

    @Override
    public void detail() {
        helm.detailRights();
    }

    @Override
    public Set<Permission> used() {
        return client.used().stream().map(Right::permission).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Permission> diagnosis(String namespace) {
        var lists = Stream.of("pods", "events", "apps/replicasets", "autoscaling/horizontalpodautoscalers")
                .map(resource -> Permission.kubernetes("list", resource, namespace));
        var reads = Stream.of("pods:log", "persistentvolumeclaims")
                .map(resource -> Permission.kubernetes("get", resource, namespace));
        var classes =
                Stream.of("get", "list").map(verb -> Permission.kubernetes(verb, "storage.k8s.io/storageclasses", "*"));
        return Stream.of(lists, reads, classes).flatMap(each -> each).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Permission> missing(Set<Permission> wanted) throws InterruptedException {
        var missing = new TreeSet<Right>();
        for (var permission : wanted) {
            var right = Right.of(permission);
            if (!client.mayI(right)) {
                missing.add(right);
            }
        }
        return missing.stream().map(Right::permission).collect(Collectors.toUnmodifiableSet());
    }
}
