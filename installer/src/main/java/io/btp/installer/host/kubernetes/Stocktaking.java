package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.concurrent.AtOnce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists objects of all kinds, a few kinds at a time. */
final class Stocktaking {
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
        var types = discovery.listable().stream()
                .filter(type -> !LEFT_OUT.contains(type.qualified()))
                .toList();
        var objects = new ArrayList<Inventory.Entry>();
        var unread = new LinkedHashMap<String, String>();
        AtOnce.each(types, type -> list(type, labels)).forEach((type, listing) -> {
            objects.addAll(listing.objects());
            listing.refusal().ifPresent(words -> unread.put(type.qualified(), words));
        });
        return new Inventory(objects, unread);
    }

    /** What is there of one kind, or why that cannot be told. */
    private record Listing(List<Inventory.Entry> objects, Optional<String> refusal) {}

    private Listing list(ResourceType type, Map<String, String> labels) throws InterruptedException {
        try {
            var found =
                    client.list(type, Optional.empty(), ClusterClient.query("labelSelector", labels), METADATA_ONLY);
            return new Listing(found.stream().map(Stocktaking::entry).toList(), Optional.empty());
        } catch (ProviderException refused) {
            return new Listing(List.of(), Optional.of(refused.problem().summary()));
        }
    }

    private static Inventory.Entry entry(Map<String, Object> object) {
        return new Inventory.Entry(
                ObjectRef.to(object),
                Fields.text(object, "metadata", "uid").orElse(""),
                Fields.labels(object),
                !Fields.maps(object, "metadata", "ownerReferences").isEmpty());
    }
}
