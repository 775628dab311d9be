package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.ApiException;
import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Ref;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes what has lost all its owners, and holds owners back whose dependents are to go first. */
final class GarbageCollector implements Controller<Ref> {
    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";
    private static final Ref DISCOVERY = new Ref(Kind.CUSTOM_RESOURCE_DEFINITION, Key.of("*"));

    private final Cluster cluster;
    private final Map<Kind, Store> stores = new ConcurrentHashMap<>();

    private record Found(Kind kind, ObjectNode object) {}

    GarbageCollector(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public String name() {
        return "garbage-collector";
    }

    @Override
    public void watch(Loop<Ref> loop) throws InterruptedException {
        loop.add(DISCOVERY);
        cluster.store(Kind.CUSTOM_RESOURCE_DEFINITION).onChange(_ -> loop.add(DISCOVERY));
    }

    @Override
    public void reconcile(Ref ref, Loop<Ref> loop) throws IOException, InterruptedException {
        if (ref.equals(DISCOVERY)) {
            follow(loop);
            return;
        }
        var store = stores.get(ref.kind());
        var object = store == null ? Optional.<ObjectNode>empty() : store.find(ref.key());
        if (object.isEmpty()) {
            return;
        }
        if (Meta.isLeaving(object.get())) {
            leave(ref.kind(), object.get());
            return;
        }
        collect(ref.kind(), object.get());
    }

    private void follow(Loop<Ref> loop) throws IOException, InterruptedException {
        for (var kind : cluster.kinds()) {
            if (!kind.equals(Kind.EVENT) && !stores.containsKey(kind)) {
                var store = cluster.following(kind);
                stores.put(kind, store);
                store.onChange(object -> concerned(kind, object, loop));
            }
        }
    }

    /** An object concerns itself, what it owns, and its owners, which may wait for its end. */
    private void concerned(Kind kind, ObjectNode object, Loop<Ref> loop) {
        if (Meta.isLeaving(object) || Meta.owners(object).findAny().isPresent()) {
            loop.add(new Ref(kind, Meta.key(object)));
        }
        Meta.owners(object)
                .forEach(owner -> owner(owner, object)
                        .filter(found -> Meta.isLeaving(found.object()))
                        .ifPresent(found -> loop.add(new Ref(found.kind(), Meta.key(found.object())))));
        if (Meta.isLeaving(object)
                || stores.get(kind) instanceof Store store
                        && store.find(Meta.key(object)).isEmpty()) {
            dependents(object).forEach(found -> loop.add(new Ref(found.kind(), Meta.key(found.object()))));
        }
    }

    private Optional<Found> owner(JsonNode reference, ObjectNode dependent) {
        return kind(reference)
                .flatMap(kind -> Optional.ofNullable(stores.get(kind))
                        .flatMap(store -> store.find(key(kind, reference, dependent)))
                        .filter(object -> Meta.uid(object).equals(Json.text(reference, "uid")))
                        .map(object -> new Found(kind, object)));
    }

    private Optional<Kind> kind(JsonNode reference) {
        var version = Json.text(reference, "apiVersion");
        var group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        return stores.keySet().stream()
                .filter(kind -> kind.group().equals(group) && kind.kind().equals(Json.text(reference, "kind")))
                .findFirst();
    }

    private static Key key(Kind kind, JsonNode reference, ObjectNode dependent) {
        return new Key(kind.isNamespaced() ? Meta.namespace(dependent) : "", Json.text(reference, "name"));
    }

    private Stream<Found> dependents(ObjectNode owner) {
        return List.copyOf(stores.entrySet()).stream()
                .flatMap(entry -> entry.getValue()
                        .all()
                        .filter(object -> Meta.owners(object)
                                .anyMatch(
                                        reference -> Json.text(reference, "uid").equals(Meta.uid(owner))))
                        .map(object -> new Found(entry.getKey(), object)));
    }

    private void collect(Kind kind, ObjectNode object) throws IOException, InterruptedException {
        var owners = Meta.owners(object).toList();
        if (owners.isEmpty()) {
            return;
        }
        var waits = false;
        for (var reference : owners) {
            var owner = owner(reference, object);
            if (owner.isPresent()
                    && holds(owner.get().object(), FOREGROUND)
                    && Meta.isLeaving(owner.get().object())) {
                waits = true;
            } else if (owner.isPresent() || isThere(reference, object)) {
                return;
            }
        }
        cluster.delete(
                kind,
                object,
                "propagationPolicy",
                waits && dependents(object).findAny().isPresent() ? "Foreground" : "Background");
    }

    /** Asks the server itself before anything is deleted: the copy may be late. */
    private boolean isThere(JsonNode reference, ObjectNode dependent) throws IOException, InterruptedException {
        var kind = kind(reference);
        if (kind.isEmpty()) {
            return true;
        }
        try {
            return Meta.uid(cluster.get(kind.get(), key(kind.get(), reference, dependent)))
                    .equals(Json.text(reference, "uid"));
        } catch (ApiException e) {
            if (e.isAbsent()) {
                return false;
            }
            throw e;
        }
    }

    private void leave(Kind kind, ObjectNode object) throws IOException, InterruptedException {
        if (holds(object, ORPHAN)) {
            for (var found : dependents(object).toList()) {
                disown(found, object);
            }
            release(kind, object, ORPHAN);
            return;
        }
        if (!holds(object, FOREGROUND)) {
            return;
        }
        var blocking = new ArrayList<Found>();
        for (var found : dependents(object).toList()) {
            if (!Meta.isLeaving(found.object())) {
                collect(found.kind(), found.object());
            }
            blocking.add(found);
        }
        if (blocking.stream().noneMatch(found -> isBlocking(found.object(), object))) {
            release(kind, object, FOREGROUND);
        }
    }

    private static boolean isBlocking(ObjectNode dependent, ObjectNode owner) {
        return Meta.owners(dependent)
                .anyMatch(reference -> Json.text(reference, "uid").equals(Meta.uid(owner))
                        && reference.path("blockOwnerDeletion").asBoolean(false));
    }

    private static boolean holds(ObjectNode object, String finalizer) {
        return Json.items(object, "metadata", "finalizers")
                .anyMatch(item -> item.asString("").equals(finalizer));
    }

    private void disown(Found found, ObjectNode owner) throws IOException, InterruptedException {
        var rest = Meta.owners(found.object())
                .filter(reference -> !Json.text(reference, "uid").equals(Meta.uid(owner)))
                .toList();
        cluster.patch(
                found.kind(),
                Meta.key(found.object()),
                Json.object("metadata", Map.of("ownerReferences", rest, "uid", Meta.uid(found.object()))));
    }

    private void release(Kind kind, ObjectNode object, String finalizer) throws IOException, InterruptedException {
        var rest = Json.items(object, "metadata", "finalizers")
                .filter(item -> !item.asString("").equals(finalizer))
                .toList();
        var version = Json.text(object, "metadata", "resourceVersion");
        cluster.patch(
                kind,
                Meta.key(object),
                Json.object("metadata", Map.of("finalizers", rest, "resourceVersion", version)));
    }
}
