package io.btp.installer.host;

import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.ClusterClient;
import java.util.HashMap;
import java.util.Map;

/** One client for each cluster and access, shared by all components and closed at the end of the program. */
final class Clusters implements AutoCloseable {
    private final Connection connection;
    private final Map<String, ClusterClient> clients = new HashMap<>();
    private final byte[] key;

    /**
     * Shares clients.
     *
     * @param key keeps fingerprints of accesses within this process
     */
    Clusters(Connection connection, byte[] key) {
        this.connection = connection;
        this.key = key.clone();
    }

    ClusterClient client(Cluster cluster) {
        return client(cluster.access());
    }

    synchronized ClusterClient client(Secret kubeconfig) {
        return clients.computeIfAbsent(
                kubeconfig.fingerprint(key), fingerprint -> ClusterClient.open(kubeconfig, connection));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(ClusterClient::close);
        clients.clear();
    }
}
