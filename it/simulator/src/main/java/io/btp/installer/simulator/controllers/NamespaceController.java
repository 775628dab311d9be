package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.ApiException;
import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Gives every namespace its default service account; empties one that is to be deleted and lets it go. */
final class NamespaceController implements Controller<Key> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Cluster cluster;
    private final Store namespaces;
    private final Store accounts;

    NamespaceController(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.namespaces = cluster.store(Kind.NAMESPACE);
        this.accounts = cluster.store(Kind.SERVICE_ACCOUNT);
    }

    @Override
    public String name() {
        return "namespace-controller";
    }

    @Override
    public void watch(Loop<Key> loop) {
        namespaces.onChange(namespace -> loop.add(Meta.key(namespace)));
        accounts.onChange(account -> loop.add(Key.of(Meta.namespace(account))));
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = namespaces.find(key);
        if (found.isEmpty()) {
            return;
        }
        if (Meta.isLeaving(found.get())) {
            empty(found.get(), loop);
            return;
        }
        account(key.name());
    }

    private void account(String namespace) throws IOException, InterruptedException {
        if (accounts.find(new Key(namespace, "default")).isPresent()) {
            return;
        }
        try {
            cluster.create(
                    Kind.SERVICE_ACCOUNT, Json.object("metadata", Map.of("namespace", namespace, "name", "default")));
        } catch (ApiException e) {
            if (!e.exists()) {
                throw e;
            }
        }
    }

    private void empty(ObjectNode namespace, Loop<Key> loop) throws IOException, InterruptedException {
        var left = 0;
        for (var kind : cluster.kinds().stream().filter(Kind::isNamespaced).toList()) {
            var objects = contents(kind, Meta.name(namespace));
            left += objects.size();
            for (var object : objects) {
                if (!Meta.isLeaving(object)) {
                    cluster.delete(kind, object, "propagationPolicy", "Background");
                }
            }
        }
        if (left > 0) {
            loop.add(Meta.key(namespace), PAUSE);
            return;
        }
        var body = cluster.get(Kind.NAMESPACE, Meta.key(namespace)).deepCopy();
        body.put("apiVersion", "v1")
                .put("kind", "Namespace")
                .withObjectProperty("spec")
                .putArray("finalizers");
        cluster.put(Kind.NAMESPACE, Meta.key(namespace), "finalize", body);
    }

    private List<ObjectNode> contents(Kind kind, String namespace) throws IOException, InterruptedException {
        try {
            return cluster.list(kind, namespace);
        } catch (ApiException e) {
            if (e.isAbsent()) {
                // a custom kind whose definition has just been deleted
                return List.of();
            }
            throw e;
        }
    }
}
