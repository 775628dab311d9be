package io.btp.installer.api;

import io.btp.installer.api.contract.KubernetesApi;
import java.util.Set;

/**
 * Installs operators and CRDs that others need. Nobody answers for it: a {@link Need#api} opens it.
 *
 * <p>Such things exist once per cluster. What was there before is adopted when it fits, never changed, never removed;
 * what an installation made is shared with the next one, and the last one removes it.
 *
 * @param <C> its configuration
 */
public interface SupportProvider<C> extends Provider<C, KubernetesApi> {
    /** Lists the groups and versions that the cluster serves once this is installed. Constant. */
    Set<String> groupVersions();

    @Override
    default Slot<KubernetesApi> slot() {
        return Slots.KUBERNETES_API;
    }
}
