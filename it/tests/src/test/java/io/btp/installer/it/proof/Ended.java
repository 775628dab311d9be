package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** What a run must leave behind that ended well, whatever happened to those before it. */
final class Ended {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Ended() {}

    /** Requires that no release is half done, that the record says what happened, and that nobody holds the lock. */
    static void well(ClusterInventory cluster, String name) {
        for (var release : releases(cluster, name).entrySet()) {
            assertThat(release.getValue())
                    .as("revisions of " + release.getKey())
                    .containsOnlyOnce("deployed")
                    .doesNotContain("pending-install", "pending-upgrade", "pending-rollback", "uninstalling");
        }
        var home = name + "-platform";
        var record = cluster.client()
                .configMaps()
                .inNamespace(home)
                .withName("btp-" + name)
                .get();
        var content = JSON.readTree(record.getData().get("record"));
        assertThat(content.path("runs")
                        .valueStream()
                        .toList()
                        .getLast()
                        .path("outcome")
                        .asInt(-1))
                .as(content::toPrettyString)
                .isZero();
        assertThat(content.path("components").valueStream())
                .as(content::toPrettyString)
                .isNotEmpty()
                .allMatch(component -> component.path("converged").asBoolean(false))
                .allMatch(component -> !component.hasNonNull("moving"));
        var lease = cluster.client()
                .leases()
                .inNamespace(home)
                .withName("btp-" + name)
                .get();
        assertThat(lease.getMetadata().getAnnotations()).containsKey("installer.btp/released");
    }

    /** Gives the states of each release's revisions. */
    private static Map<String, List<String>> releases(ClusterInventory cluster, String name) {
        var found = new TreeMap<String, List<String>>();
        var ours = new TreeSet<>(List.of(name + "-platform", name + "-deployments", name + "-deps"));
        for (var secret : cluster.client()
                .secrets()
                .inAnyNamespace()
                .withLabel("owner", "helm")
                .list()
                .getItems()) {
            if (ours.contains(secret.getMetadata().getNamespace())) {
                found.computeIfAbsent(release(secret), key -> new java.util.ArrayList<>())
                        .add(secret.getMetadata().getLabels().get("status"));
            }
        }
        assertThat(found).as("releases of " + name).isNotEmpty();
        return found;
    }

    private static String release(Secret secret) {
        return secret.getMetadata().getNamespace() + "/"
                + secret.getMetadata().getLabels().get("name");
    }

    /** Gives what there is but for Helm's Secrets: an upgrade that was repeated has one revision more. */
    static List<String> butRevisions(List<String> changes) {
        return changes.stream()
                .filter(change -> !change.contains("/sh.helm.release.v1."))
                .toList();
    }
}
