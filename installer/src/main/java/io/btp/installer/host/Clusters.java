package io.btp.installer.host;

import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.ClusterClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One client for each cluster and access, shared by all components and closed at the end of the program. */
final class Clusters implements AutoCloseable {
    private final Connection connection;
    private final Map<String, ClusterClient> clients = new HashMap<>();
    private final byte[] key;
    private volatile Supplier<Duration> left = () -> Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * Shares clients.
     *
     * @param key keeps fingerprints of accesses within this process
     */
    Clusters(Connection connection, byte[] key) {
        this.connection = connection;
        this.key = key.clone();
    }

    /** Sets how much longer changes may be made. */
    void permit(Supplier<Duration> longer) {
        left = longer;
    }

    private boolean mayChange() {
        return left.get().isPositive();
    }

    ClusterClient client(Cluster cluster) {
        return client(cluster.access());
    }

    synchronized ClusterClient client(Secret kubeconfig) {
        return clients.computeIfAbsent(
                kubeconfig.fingerprint(key),
                fingerprint -> ClusterClient.open(kubeconfig, connection, this::mayChange));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(ClusterClient::close);
        clients.clear();
    }
}
