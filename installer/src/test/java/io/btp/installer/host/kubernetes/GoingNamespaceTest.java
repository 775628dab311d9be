package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.backend.Backend;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A namespace that is being removed")
class GoingNamespaceTest {
    private static final String NAME = "going-namespace";

    @Test
    void isPlannedAnew() throws Exception {
        try (var client = ClusterClient.open(Secret.of(Files.readString(Backend.kubeconfig())), Connection.direct())) {
            var labels = Map.of(Installation.LABEL, "acme", Installation.PROVIDER_LABEL, "kubernetes.namespaces");
            var port = new KubernetesPort(Optional.of(client), labels);
            var namespace = Map.<String, Object>of(
                    "apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", NAME, "labels", labels));
            var holding = Map.<String, Object>of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "ConfigMap",
                    "metadata",
                    Map.of("name", "holding", "namespace", NAME, "finalizers", List.of("test.btp/holds")));
            client.create(namespace);
            client.create(holding);
            assertThat(port.steps(List.of(namespace))).isEmpty();

            client.delete(ObjectRef.clusterWide("v1", "Namespace", NAME));
            var steps = port.steps(List.of(namespace));
            client.apply(Map.of(
                    "apiVersion",
                    "v1",
                    "kind",
                    "ConfigMap",
                    "metadata",
                    Map.of("name", "holding", "namespace", NAME, "finalizers", List.of())));

            assertThat(steps).extracting(Step::toString).containsExactly("create Namespace " + NAME);
            assertThat(steps.getFirst().reason()).contains("the one that is there is being removed");
        }
    }
}
