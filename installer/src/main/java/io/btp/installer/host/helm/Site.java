package io.btp.installer.host.helm;

import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.ClusterClient;
import java.util.function.Supplier;

/**
 * The cluster that releases live in.
 *
 * @param client talks to it
 * @param access its kubeconfig
 * @param connection how it is reached
 * @param version its Kubernetes version
 * @param discovery remembers what it serves
 * @param tokens gives texts that nobody can guess
 */
record Site(
        ClusterClient client,
        Secret access,
        Connection connection,
        String version,
        DiscoveryCache discovery,
        Supplier<String> tokens) {
    String kubeconfig() {
        return WorkerAccess.kubeconfig(access, connection);
    }
}
