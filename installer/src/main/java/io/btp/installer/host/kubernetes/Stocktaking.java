package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.ProviderException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lists objects of all kinds, a few kinds at a time. */
final class Stocktaking {
    private static final int AT_ONCE = 6;
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json";

    // Seen by other names, or not kept by the cluster: listing them says nothing of what an installation left.
    private static final Set<String> LEFT_OUT = Set.of(
            "events", "events.k8s.io/events", "componentstatuses", "metrics.k8s.io/pods", "metrics.k8s.io/nodes");

    private final ClusterClient client;
    private final Discovery discovery;

    Stocktaking(ClusterClient client, Discovery discovery) {
        this.client = client;
        this.discovery = discovery;
    }

    Inventory take(Map<String, String> labels) throws InterruptedException {
        var objects = new ArrayList<Inventory.Entry>();
        var unread = new LinkedHashMap<String, String>();
        var listings = new LinkedHashMap<ResourceType, Future<List<Inventory.Entry>>>();
        try (var executor =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (var type : discovery.listable()) {
                if (!LEFT_OUT.contains(type.qualified())) {
                    listings.put(type, executor.submit(() -> list(type, labels)));
                }
            }
            try {
                for (var listing : listings.entrySet()) {
                    add(listing.getKey(), listing.getValue(), objects, unread);
                }
            } catch (InterruptedException interrupted) {
                executor.shutdownNow();
                throw interrupted;
            }
        }
        return new Inventory(objects, unread);
    }

    private static void add(
            ResourceType type,
            Future<List<Inventory.Entry>> listing,
            List<Inventory.Entry> objects,
            Map<String, String> unread)
            throws InterruptedException {
        try {
            objects.addAll(listing.get());
        } catch (ExecutionException failed) {
            if (!(failed.getCause() instanceof ProviderException refused)) {
                throw new IllegalStateException("listing " + type.qualified() + " failed", failed.getCause());
            }
            unread.put(type.qualified(), refused.problem().summary());
        }
    }

    private List<Inventory.Entry> list(ResourceType type, Map<String, String> labels) throws InterruptedException {
        return client.list(type, Optional.empty(), ClusterClient.query("labelSelector", labels), METADATA_ONLY).stream()
                .map(Stocktaking::entry)
                .toList();
    }

    private static Inventory.Entry entry(Map<String, Object> object) {
        return new Inventory.Entry(
                ObjectRef.to(object),
                Fields.text(object, "metadata", "uid").orElse(""),
                Fields.labels(object),
                !Fields.maps(object, "metadata", "ownerReferences").isEmpty());
    }
}
