package io.btp.installer.plugin.byo;

import io.btp.installer.api.Need;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Ingress;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Records that are published, by the path of their slot. */
record Published(Map<String, Record> bySlot) implements Records {
    /** A cluster that is no sandbox, and the installation's namespaces. */
    static Published places() {
        var cluster = new Cluster(
                "uid-1",
                "prod",
                URI.create("https://127.0.0.1:6443"),
                Secret.of("kubeconfig"),
                "v1.35.4",
                Optional.empty(),
                Cluster.Identities.PLAIN,
                false);
        return new Published(Map.of())
                .with(Slots.CLUSTER, cluster)
                .with(Slots.NAMESPACES, new Namespaces("settlemint", "deployments", "btp-deps", Map.of()));
    }

    static Published ingress(Optional<String> hostname, Optional<String> address) {
        return places().with(Slots.INGRESS, new Ingress("nginx", hostname, address, Optional.empty(), "ingress"));
    }

    Published with(Slot<?> slot, Record record) {
        var more = new LinkedHashMap<>(bySlot);
        more.put(slot.path(), record);
        return new Published(more);
    }

    @Override
    public <O extends Record> Optional<O> find(Need<O> need) {
        return Optional.ofNullable(bySlot.get(need.slot().path()))
                .map(need.slot().type()::cast);
    }

    @Override
    public boolean isFilled(Slot<?> slot) {
        return bySlot.containsKey(slot.path());
    }
}
