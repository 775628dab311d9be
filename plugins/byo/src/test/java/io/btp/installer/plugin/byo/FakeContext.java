package io.btp.installer.plugin.byo;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lends a cluster to those who look into one, and nothing else: what is brought along needs no port. */
record FakeContext(Set<String> uses, Optional<Kubernetes> cluster) implements Context {
    FakeContext(Set<String> uses) {
        this(uses, Optional.empty());
    }

    static FakeContext of(List<Map<String, Object>> objects) {
        return new FakeContext(Set.of(Need.PLATFORM_USE), Optional.of(new FakeKubernetes(objects)));
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
