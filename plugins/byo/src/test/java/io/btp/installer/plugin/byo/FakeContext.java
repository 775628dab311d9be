package io.btp.installer.plugin.byo;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lends a cluster to those who look into one, and the secrets in a Vault: what is brought along needs no other port.
 *
 * @param kept the secrets, by name
 */
record FakeContext(Set<String> uses, Map<String, Secret> kept, Optional<Kubernetes> cluster) implements Context {
    FakeContext(Set<String> uses) {
        this(uses, new TreeMap<>(), Optional.empty());
    }

    static FakeContext of(List<Map<String, Object>> objects) {
        return new FakeContext(Set.of(Need.PLATFORM_USE), new TreeMap<>(), Optional.of(new FakeKubernetes(objects)));
    }

    @Override
    public SecretStorage vault(SecretStore store, Records records) {
        return new SecretStorage() {
            @Override
            public Optional<Secret> read(String name) {
                return Optional.ofNullable(kept.get(name));
            }

            @Override
            public void create(String name, Secret value) {
                kept.putIfAbsent(name, value);
            }

            @Override
            public void remove(String name) {
                kept.remove(name);
            }

            @Override
            public Set<String> names() {
                return Set.copyOf(kept.keySet());
            }
        };
    }

    @Override
    public Installation installation() {
        return new Installation("acme", "btp.acme.example", Connection.direct());
    }

    @Override
    public Map<String, String> labels() {
        return Map.of(Installation.LABEL, "acme");
    }

    @Override
    public HelmRelease release(String namespace, String name) {
        throw unexpected();
    }

    @Override
    public Helm helm(Records records) {
        throw unexpected();
    }

    @Override
    public Kubernetes kubernetes(Records records) {
        return cluster.orElseThrow(FakeContext::unexpected);
    }

    @Override
    public Secrets secrets(Records records) {
        throw unexpected();
    }

    @Override
    public Tunnel tunnel(Records records) {
        throw unexpected();
    }

    @Override
    public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
        throw unexpected();
    }

    @Override
    public Cluster cluster(String name, Secret kubeconfig) {
        throw unexpected();
    }

    private static AssertionError unexpected() {
        return new AssertionError("what is brought along needs no port");
    }
}
