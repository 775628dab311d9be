package io.btp.installer.host;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Check;
import io.btp.installer.api.Context;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Records;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.host.helm.HelmHost;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Kubeconfigs;
import io.btp.installer.host.probe.PodVantage;
import io.btp.installer.host.probe.Proofs;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The outside world, reached from this machine: clusters, Helm in workers, the proofs of published records. */
public final class ClusterHost implements Host {
    private static final int KEY_BYTES = 32;

    private final Installation installation;
    private final Kubeconfigs kubeconfigs;
    private final HelmHost helm;
    private final RandomGenerator random;
    private final Clusters clusters;
    private final Proofs proofs;

    /**
     * Sets the host up; contacts nothing.
     *
     * @param random unpredictable
     */
    public ClusterHost(
            Installation installation,
            Kubeconfigs kubeconfigs,
            HelmHost helm,
            InstantSource clock,
            RandomGenerator random) {
        this.installation = installation;
        this.kubeconfigs = kubeconfigs;
        this.helm = helm;
        this.random = random;
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.clusters = new Clusters(installation.connection(), key);
        this.proofs = new Proofs(
                this::tunnel, records -> client(records).map(client -> client::find), installation, clock, random);
    }

    @Override
    public Context lend(Loan loan) {
        return new LentContext(this, loan, helm::lend);
    }

    @Override
    public Context lendBack(Loan loan) {
        return new LentContext(this, loan, helm::lendBack);
    }

    @Override
    public Optional<String> version(Chart chart) throws InterruptedException {
        return helm.version(chart);
    }

    @Override
    public List<Check> proofs(Slot<?> slot, Record published, Records records) {
        var checks = new ArrayList<>(proofs.of(slot, published, records));
        checks.addAll(PodVantage.checks(installation, client(records), slot, published, records, random));
        return List.copyOf(checks);
    }

    @Override
    public Home home(Cluster cluster, String namespace) {
        return new ClusterHome(clusters.client(cluster), installation.name(), namespace);
    }

    @Override
    public Optional<String> homeOf(Cluster cluster) throws InterruptedException {
        return ClusterHome.namespace(clusters.client(cluster), installation.name());
    }

    @Override
    public Rights rights(Cluster cluster) {
        return new ClusterRights(clusters.client(cluster), helm);
    }

    @Override
    public void expectChanges() {
        helm.expectChanges();
    }

    @Override
    public void permit(Supplier<Duration> left) {
        helm.permit(left);
        clusters.permit(left);
    }

    @Override
    public void abort() {
        helm.abort();
    }

    @Override
    public void close() {
        helm.close();
        clusters.close();
    }

    Installation installation() {
        return installation;
    }

    Kubeconfigs kubeconfigs() {
        return kubeconfigs;
    }

    Clusters clusters() {
        return clusters;
    }

    HelmHost helm() {
        return helm;
    }

    RandomGenerator random() {
        return random;
    }

    Optional<ClusterClient> client(Records records) {
        return records.find(Slots.CLUSTER).map(clusters::client);
    }

    SecretStorage vault(SecretStore store, Records records) {
        return proofs.vault(store, records);
    }

    Tunnel tunnel(Records records) {
        return client(records)
                .<Tunnel>map(client ->
                        ClusterTunnel.into(client, records.get(Slots.CLUSTER).simulated()))
                .orElseGet(ClusterTunnel::direct);
    }
}
