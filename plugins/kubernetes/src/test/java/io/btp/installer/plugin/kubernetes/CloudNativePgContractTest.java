package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.testkit.ProviderContract;
import java.util.List;
import java.util.Map;

final class CloudNativePgContractTest extends ProviderContract<CloudNativePg.Configuration, Postgres> {
    @Override
    protected Provider<CloudNativePg.Configuration, Postgres> provider() {
        return new CloudNativePg();
    }

    /** The operator's definition, and a pod that makes the simulated operator work. */
    @Override
    protected List<Map<String, Object>> alreadyThere() {
        var schema = Map.of("openAPIV3Schema", Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true));
        // As in the operator's own: whoever waits sees by it that a status is to be expected.
        var column = Map.of("name", "Ready", "type", "integer", "jsonPath", ".status.readyInstances");
        var version = Map.of(
                "name",
                "v1",
                "served",
                true,
                "storage",
                true,
                "subresources",
                Map.of("status", Map.of()),
                "additionalPrinterColumns",
                List.of(column),
                "schema",
                schema);
        var names = Map.of("kind", "Cluster", "listKind", "ClusterList", "plural", "clusters", "singular", "cluster");
        var definition = Map.of(
                "group", "postgresql.cnpg.io", "scope", "Namespaced", "names", names, "versions", List.of(version));
        var container = Map.of("name", "manager", "image", "operator:1");
        return List.of(
                object(
                        "apiextensions.k8s.io/v1",
                        "CustomResourceDefinition",
                        "clusters.postgresql.cnpg.io",
                        definition),
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of(
                                "name", "operator",
                                "namespace", "default",
                                "labels", Map.of("app.kubernetes.io/name", "cloudnative-pg")),
                        "spec",
                        Map.of("containers", List.of(container))));
    }

    private static Map<String, Object> object(String apiVersion, String kind, String name, Map<String, Object> spec) {
        return Map.of("apiVersion", apiVersion, "kind", kind, "metadata", Map.of("name", name), "spec", spec);
    }
}
