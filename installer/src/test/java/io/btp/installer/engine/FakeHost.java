package io.btp.installer.engine;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Context;
import io.btp.installer.api.Helm;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.Permission;
import io.btp.installer.api.Records;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.Home;
import io.btp.installer.host.Host;
import io.btp.installer.host.Rights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A host for providers that use no port, with a home in memory. */
final class FakeHost implements Host {
    static final Installation INSTALLATION = new Installation("acme", "btp.acme.example", Connection.direct());

    private final FakeHome home = new FakeHome();
    private final List<Record> proved = new ArrayList<>();

    @Override
    public Context lend(Loan loan) {
        return new PortlessContext(loan.uses(), loan.chart());
    }

    @Override
    public Context lendBack(Loan loan) {
        return lend(loan);
    }

    @Override
    public Optional<String> version(Chart chart) {
        return chart.version();
    }

    @Override
    public List<Check> proofs(Slot<?> slot, Record published, Records records) {
        proved.add(published);
        return List.of();
    }

    /** Gives the records that were to be proved, in order. */
    List<Record> proved() {
        return proved;
    }

    @Override
    public Home home(Cluster cluster, String namespace) {
        return home;
    }

    @Override
    public Optional<String> homeOf(Cluster cluster) {
        return home.exists() ? Optional.of("home") : Optional.empty();
    }

    @Override
    public Rights rights(Cluster cluster) {
        return new EveryRight();
    }

    FakeHome home() {
        return home;
    }

    @Override
    public void expectChanges() {}

    @Override
    public void permit(Supplier<Duration> left) {}

    @Override
    public void abort() {}

    @Override
    public void close() {}

    /** Of one who may do everything. */
    private static final class EveryRight implements Rights {
        @Override
        public boolean areUnlimited() {
            return true;
        }

        @Override
        public void detail() {}

        @Override
        public Set<Permission> used() {
            return Set.of();
        }

        @Override
        public Set<Permission> diagnosis(String namespace) {
            return Set.of();
        }

        @Override
        public Set<Permission> missing(Set<Permission> wanted) {
            return Set.of();
        }
    }

    private record PortlessContext(Set<String> uses, Optional<Chart> chart) implements Context {
        @Override
        public Installation installation() {
            return INSTALLATION;
        }

        @Override
        public Map<String, String> labels() {
            return Map.of();
        }

        @Override
        public HelmRelease release(String namespace, String name) {
            return HelmRelease.of(namespace, name, chart.orElseThrow());
        }

        @Override
        public Helm helm(Records records) {
            throw new IllegalStateException("no port here");
        }

        @Override
        public Kubernetes kubernetes(Records records) {
            throw new IllegalStateException("no port here");
        }

        @Override
        public Secrets secrets(Records records) {
            throw new IllegalStateException("no port here");
        }

        @Override
        public Tunnel tunnel(Records records) {
            throw new IllegalStateException("no port here");
        }

        @Override
        public Secret kubeconfig(Optional<String> path, Optional<String> contextName) {
            throw new IllegalStateException("no port here");
        }

        @Override
        public Cluster cluster(String name, Secret kubeconfig) {
            throw new IllegalStateException("no port here");
        }
    }
}
