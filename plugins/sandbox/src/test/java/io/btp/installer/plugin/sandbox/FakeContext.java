package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Records;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a host would lend, all in memory. */
final class FakeContext implements Context {
    private final Map<String, String> labels;
    private final FakeCluster cluster;
    private final Set<String> uses;
    private final Map<String, Secret> secrets = new TreeMap<>();

    FakeContext(Provider<?, ?> provider, String... otherUses) {
        this.labels = FakeCluster.ownerLabels(provider.description().id());
        this.cluster = new FakeCluster(labels);
        var all = new HashSet<>(Set.of(otherUses));
        all.add(Need.PLATFORM_USE);
        this.uses = Set.copyOf(all);
    }

    FakeCluster cluster() {
        return cluster;
    }

    Map<String, Secret> secrets() {
        return Map.copyOf(secrets);
    }

    @Override
    public Installation installation() {
        return new Installation("acme", "btp.acme.example", Connection.direct());
    }

    @Override
    public Map<String, String> labels() {
        return labels;
    }

    @Override
    public Set<String> uses() {
        return uses;
    }

    @Override
    public HelmRelease release(String namespace, String name) {
        return HelmRelease.of(namespace, name, Chart.file(Path.of("/charts/any"), "any"));
    }

    @Override
    public Helm helm(Records records) {
        return there(records) ? cluster : new FakeCluster(labels);
    }

    @Override
    public Kubernetes kubernetes(Records records) {
        return there(records) ? cluster : new FakeCluster(labels);
    }

    private static boolean there(Records records) {
        return records.find(Slots.CLUSTER).isPresent();
    }

    @Override
    public Secrets secrets(Records records) {
        return new Store(records.find(Slots.SECRETS).isPresent());
    }

    @Override
    public Tunnel tunnel(Records records) {
        throw new UnsupportedOperationException("the sandbox needs no tunnel");
    }

    @Override
    public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
        throw new UnsupportedOperationException("the sandbox makes its own kubeconfig");
    }

    @Override
    public Cluster cluster(String name, Secret kubeconfig) {
        return FakeRecords.cluster(name, kubeconfig, true);
    }

    private final class Store implements Secrets {
        private final boolean isThere;

        Store(boolean isThere) {
            this.isThere = isThere;
        }

        @Override
        public Optional<Secret> find(String name) {
            return isThere ? Optional.ofNullable(secrets.get(name)) : Optional.empty();
        }

        @Override
        public List<Step> steps(String name, Rule rule) {
            if (find(name).isPresent()) {
                return List.of();
            }
            var made = Secret.of("x".repeat(rule.length()));
            return List.of(Step.create("secret " + name, progress -> secrets.put(name, made))
                    .after(Slots.SECRETS));
        }

        @Override
        public List<Step> removal(String name) {
            return secrets.containsKey(name)
                    ? List.of(Step.delete("secret " + name, progress -> secrets.remove(name)))
                    : List.of();
        }
    }
}
