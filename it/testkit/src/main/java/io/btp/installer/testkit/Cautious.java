package io.btp.installer.testkit;

import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Records;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lends what a host lends, and refuses whatever would be I/O.
 *
 * @param lent what is lent otherwise
 * @param when says when I/O is forbidden
 */
record Cautious(Context lent, String when) implements Context {
    private AssertionError refused(String what) {
        return new AssertionError(when + " does no I/O, but it asks to " + what);
    }

    @Override
    public Installation installation() {
        return lent.installation();
    }

    @Override
    public Map<String, String> labels() {
        return lent.labels();
    }

    @Override
    public Set<String> uses() {
        return lent.uses();
    }

    @Override
    public HelmRelease release(String namespace, String name) {
        return lent.release(namespace, name);
    }

    @Override
    public Helm helm(Records records) {
        return lent.helm(records);
    }

    @Override
    public Kubernetes kubernetes(Records records) {
        return lent.kubernetes(records);
    }

    @Override
    public Secrets secrets(Records records) {
        return lent.secrets(records);
    }

    @Override
    public Tunnel tunnel(Records records) {
        return (host, port) -> {
            throw refused("open a tunnel to " + host + ":" + port);
        };
    }

    @Override
    public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
        throw refused("read a kubeconfig");
    }

    @Override
    public List<String> kubeconfigContexts(Optional<String> path) {
        throw refused("read a kubeconfig");
    }

    @Override
    public Cluster cluster(String name, Secret kubeconfig) {
        throw refused("connect to a cluster");
    }
}
