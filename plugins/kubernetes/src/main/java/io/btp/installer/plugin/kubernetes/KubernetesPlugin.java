package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Provider;
import java.util.List;

/** The bundled plugin of everything that runs in the cluster itself. */
public final class KubernetesPlugin implements Plugin {
    @Override
    public List<Provider<?, ?>> providers() {
        return List.of(
                new ByoCluster(),
                new ManagedNamespaces(),
                new PlainSecrets(),
                new CloudNativePgOperator(),
                new CloudNativePg(),
                new Valkey(),
                new CertManagerOperator(),
                new CertManager(),
                new Traefik());
    }
}
