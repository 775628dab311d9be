package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Provider;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.testkit.ProviderContract;
import java.util.List;
import java.util.Map;

final class NamespacesContractTest extends ProviderContract<ManagedNamespaces.Configuration, Namespaces> {
    @Override
    protected Provider<ManagedNamespaces.Configuration, Namespaces> provider() {
        return new ManagedNamespaces();
    }

    /** The engine makes the installation's home before anything else, and removes it last. */
    @Override
    protected List<Map<String, Object>> alreadyThere() {
        return List.of(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Map.of("name", "settlemint", "labels", Map.of(Installation.LABEL, "contract"))));
    }
}
