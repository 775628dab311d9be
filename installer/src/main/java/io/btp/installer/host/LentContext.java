package io.btp.installer.host;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Records;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.host.helm.HelmHost;
import io.btp.installer.host.kubernetes.KubernetesPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one component is lent. */
final class LentContext implements Context {
    private final ClusterHost host;
    private final Host.Loan loan;
    private final HelmHost.Lending helm;

    LentContext(ClusterHost host, Host.Loan loan, HelmHost.Lending helm) {
        this.host = host;
        this.loan = loan;
        this.helm = helm;
    }

    @Override
    public Installation installation() {
        return host.installation();
    }

    @Override
    public Map<String, String> labels() {
        return Map.of(
                Installation.LABEL,
                installation().name(),
                Installation.PROVIDER_LABEL,
                loan.provider().description().id());
    }

    @Override
    public Set<String> uses() {
        return loan.uses();
    }

    @Override
    public HelmRelease release(String namespace, String name) {
        var chart = loan.chart()
                .orElseThrow(() -> new IllegalStateException(
                        "Provider " + loan.provider().description().id() + " does not say that it is made of a chart"));
        return HelmRelease.of(namespace, name, chart).overlaidBy(loan.values());
    }

    @Override
    public Helm helm(Records records) {
        return helm.lend(host.client(records), records.find(Slots.CLUSTER), labels(), this::source);
    }

    /** The mirror has what providers come with; what the answers name comes from there. */
    private Chart source(Chart chart) {
        var shipped = loan.provider().description().chart().map(Chart::location);
        return shipped.equals(Optional.of(chart.location()))
                ? installation().connection().mirrored(chart)
                : chart;
    }

    @Override
    public Kubernetes kubernetes(Records records) {
        return new KubernetesPort(host.client(records), labels());
    }

    @Override
    public Secrets secrets(Records records) {
        return new StoredSecrets(loan.storage().apply(records), host.random());
    }

    @Override
    public SecretStorage vault(SecretStore store, Records records) {
        return host.vault(store, records);
    }

    @Override
    public Tunnel tunnel(Records records) {
        return host.tunnel(records);
    }

    @Override
    public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
        return host.kubeconfigs().read(path, contextName);
    }

    @Override
    public List<String> kubeconfigContexts(Optional<String> path) {
        return host.kubeconfigs().contexts(path);
    }

    @Override
    public Cluster cluster(String name, Secret kubeconfig) throws InterruptedException {
        return host.clusters().client(kubeconfig).identity().record(name, kubeconfig, Cluster.Identities.PLAIN);
    }
}
