package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Records by slot. */
record FakeRecords(Map<Slot<?>, Record> published) implements Records {
    static final Namespaces NAMESPACES = new Namespaces("btp", "deployments", "btp-deps", Map.of());

    static FakeRecords none() {
        return new FakeRecords(Map.of());
    }

    /** A sandbox cluster, and nothing else. */
    static FakeRecords places() {
        return none().with(Slots.CLUSTER, cluster(true));
    }

    /** Everything that a stand-in needs. */
    static FakeRecords complete() {
        return places().with(Slots.NAMESPACES, NAMESPACES)
                .with(
                        Slots.SECRETS,
                        new SecretStore(SecretStore.Kind.KUBERNETES, Optional.empty(), "btp", Optional.empty()));
    }

    static Cluster cluster(boolean simulated) {
        return cluster("sandbox", Secret.of("kubeconfig"), simulated);
    }

    static Cluster cluster(String name, Secret access, boolean simulated) {
        return new Cluster(
                "uid-1",
                name,
                URI.create("http://127.0.0.1:1"),
                access,
                "v1.35.4",
                Optional.empty(),
                Cluster.Identities.PLAIN,
                simulated);
    }

    <O extends Record> FakeRecords with(Slot<O> slot, O record) {
        var all = new HashMap<>(published);
        all.put(slot, record);
        return new FakeRecords(Map.copyOf(all));
    }

    @Override
    public <O extends Record> Optional<O> find(Need<O> need) {
        return Optional.ofNullable(published.get(need.slot())).map(need.slot().type()::cast);
    }

    @Override
    public boolean isFilled(Slot<?> slot) {
        return true;
    }
}
