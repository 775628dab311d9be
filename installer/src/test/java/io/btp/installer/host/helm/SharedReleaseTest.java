package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.kubernetes.KubernetesPort;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What installations share belongs to none of them. Runs against a real API server. */
class SharedReleaseTest {
    private static final ObjectRef DEFINITION =
            ObjectRef.clusterWide("apiextensions.k8s.io/v1", "CustomResourceDefinition", "lamps.charts.btp.test");
    private static final Map<String, String> SHARED = Map.of(Installation.SHARED_LABEL, "lamps");

    @TempDir
    static Path cache;

    private static HelmBench bench;

    @BeforeAll
    static void opens() throws InterruptedException {
        bench = HelmBench.open(cache);
    }

    @AfterAll
    static void closes() throws InterruptedException {
        if (bench != null) {
            bench.close();
        }
    }

    private static Kubernetes of(String installation) {
        var labels = new LinkedHashMap<>(HelmBench.LABELS);
        labels.put(Installation.LABEL, installation);
        return new KubernetesPort(Optional.of(bench.client), labels);
    }

    private static Map<String, String> labels(ObjectRef ref) throws InterruptedException {
        return bench.client.find(ref).map(Fields::labels).orElseGet(Map::of);
    }

    @Test
    void marksHistoryAndDefinitionsThatAnyoneMayThenRemove() throws InterruptedException {
        var release =
                bench.release("lamps", "defining", Map.of("colour", "green")).sharedAs("lamps");
        bench.converge(release);

        var history = bench.ref("v1", "Secret", "sh.helm.release.v1.lamps.v1");
        assertThat(labels(history)).containsAllEntriesOf(SHARED).doesNotContainKey(Installation.LABEL);
        assertThat(labels(DEFINITION)).containsAllEntriesOf(SHARED).doesNotContainKey(Installation.LABEL);
        assertThat(bench.helm().steps(release)).isEmpty();

        bench.remove("lamps");
        HelmBench.run(of("beta").removal(List.of(DEFINITION)));
        assertThat(bench.client.find(DEFINITION)).isEmpty();
    }

    @Test
    void givesANamespaceThatWasMadeToBeSharedToNobody() throws InterruptedException {
        var name = bench.namespace + "-shared";
        var ref = ObjectRef.clusterWide("v1", "Namespace", name);
        Map<String, Object> manifest =
                Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name, "labels", SHARED));

        HelmBench.run(of("acme").steps(List.of(manifest)));

        assertThat(labels(ref)).containsAllEntriesOf(SHARED).doesNotContainKey(Installation.LABEL);
        assertThat(of("beta").steps(List.of(manifest))).isEmpty();
        HelmBench.run(of("beta").removal(List.of(ref)));
        assertThat(bench.client.find(ref)).isEmpty();
    }

    @Test
    void sharesNoNamespaceThatWasThereBefore() throws InterruptedException {
        var name = bench.namespace + "-before";
        var ref = ObjectRef.clusterWide("v1", "Namespace", name);
        bench.client.create(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));

        var acme = of("acme");
        HelmBench.run(acme.steps(List.of(
                Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name, "labels", SHARED)))));

        assertThat(labels(ref)).doesNotContainKey(Installation.SHARED_LABEL);
        assertThat(acme.removal(List.of(ref))).isEmpty();
        bench.client.delete(ref);
    }
}
