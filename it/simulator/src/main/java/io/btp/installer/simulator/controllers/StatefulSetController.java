package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Happening;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the numbered pods of a StatefulSet with their claims, one after the other. */
final class StatefulSetController implements Controller<Key> {
    private static final String REVISION = "controller-revision-hash";

    private final Cluster cluster;
    private final Store sets;
    private final Store pods;
    private final Store claims;

    StatefulSetController(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.sets = cluster.store(Kind.STATEFUL_SET);
        this.pods = cluster.store(Kind.POD);
        this.claims = cluster.store(Kind.CLAIM);
    }

    @Override
    public String name() {
        return "statefulset-controller";
    }

    @Override
    public void watch(Loop<Key> loop) {
        sets.onChange(set -> loop.add(Meta.key(set)));
        pods.onChange(pod -> Meta.controllerKey(pod, Kind.STATEFUL_SET).forEach(loop::add));
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = sets.find(key);
        if (found.isEmpty() || Meta.isLeaving(found.get())) {
            return;
        }
        var set = found.get();
        var revision = Meta.name(set) + "-" + Pods.hash(set.path("spec").path("template"));
        step(set, revision);
        report(set, revision);
    }

    /** Does what comes next, and no more: the pod's next change calls again. */
    private void step(ObjectNode set, String revision) throws IOException, InterruptedException {
        var wanted = Json.number(set, 1, "spec", "replicas");
        var isParallel = Json.text(set, "spec", "podManagementPolicy").equals("Parallel");
        for (var number = 0; number < wanted; number++) {
            var pod = pod(set, number);
            if (pod.isEmpty()) {
                create(set, number, revision);
            } else if (Pods.isOver(pod.get()) && !Meta.isLeaving(pod.get())) {
                cluster.delete(Kind.POD, pod.get());
            }
            if (!isParallel && pod.filter(Pods::isReady).isEmpty()) {
                return;
            }
        }
        var surplus = pods.controlledBy(set)
                .filter(pod -> number(set, pod) >= wanted)
                .max(Comparator.comparingInt(pod -> number(set, pod)));
        if (surplus.isPresent()) {
            deleteOnce(surplus.get());
            return;
        }
        if (!Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete")) {
            update(set, wanted, revision);
        }
    }

    private void update(ObjectNode set, int wanted, String revision) throws IOException, InterruptedException {
        var partition = Json.number(set, 0, "spec", "updateStrategy", "rollingUpdate", "partition");
        for (var number = wanted - 1; number >= partition; number--) {
            var pod = pod(set, number);
            if (pod.isEmpty()) {
                return;
            }
            if (!Meta.label(pod.get(), REVISION).equals(revision)) {
                deleteOnce(pod.get());
                return;
            }
            if (!Pods.isReady(pod.get())) {
                return;
            }
        }
    }

    private void deleteOnce(ObjectNode pod) throws IOException, InterruptedException {
        if (!Meta.isLeaving(pod)) {
            cluster.delete(Kind.POD, pod);
        }
    }

    private Optional<ObjectNode> pod(ObjectNode set, int number) {
        return pods.find(new Key(Meta.namespace(set), Meta.name(set) + "-" + (start(set) + number)));
    }

    private static int start(ObjectNode set) {
        return Json.number(set, 0, "spec", "ordinals", "start");
    }

    private static int number(ObjectNode set, JsonNode pod) {
        var text = Meta.name(pod).substring(Meta.name(set).length() + 1);
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) - start(set) : Integer.MAX_VALUE;
    }

    private void create(ObjectNode set, int number, String revision) throws IOException, InterruptedException {
        var name = Meta.name(set) + "-" + (start(set) + number);
        var labels = Map.of(
                REVISION,
                revision,
                "statefulset.kubernetes.io/pod-name",
                name,
                "apps.kubernetes.io/pod-index",
                Integer.toString(start(set) + number));
        var pod = Pods.from(set.path("spec").path("template"), Kind.STATEFUL_SET, set, name, labels);
        var spec = pod.withObjectProperty("spec");
        spec.put("hostname", name).put("subdomain", Json.text(set, "spec", "serviceName"));
        for (var template : Json.items(set, "spec", "volumeClaimTemplates").toList()) {
            var claim = Meta.name(template) + "-" + name;
            spec.withArrayProperty("volumes")
                    .add(Json.object("name", Meta.name(template), "persistentVolumeClaim", Map.of("claimName", claim)));
            claim(set, template, claim);
        }
        cluster.create(Kind.POD, pod);
        cluster.event(
                Kind.STATEFUL_SET,
                set,
                Happening.normal(
                        name(),
                        "SuccessfulCreate",
                        "create Pod %s in StatefulSet %s successful".formatted(name, Meta.name(set))));
    }

    private void claim(ObjectNode set, JsonNode template, String name) throws IOException, InterruptedException {
        if (claims.find(new Key(Meta.namespace(set), name)).isPresent()) {
            return;
        }
        var metadata = Json.object("namespace", Meta.namespace(set), "name", name);
        metadata.set("labels", Json.node(labels(set, template)));
        metadata.set("annotations", Json.node(Json.texts(template, "metadata", "annotations")));
        if (Json.text(set, "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted")
                .equals("Delete")) {
            metadata.set("ownerReferences", Json.array(Meta.ownedBy(Kind.STATEFUL_SET, set)));
        }
        cluster.create(Kind.CLAIM, Json.object("metadata", metadata, "spec", template.path("spec")));
    }

    private static Map<String, String> labels(ObjectNode set, JsonNode template) {
        var labels = new TreeMap<>(Meta.labels(template));
        labels.putAll(Json.texts(set, "spec", "selector", "matchLabels"));
        return labels;
    }

    private void report(ObjectNode set, String revision) throws IOException, InterruptedException {
        var mine = pods.controlledBy(set).filter(Pods::isActive).toList();
        var updated = (int) mine.stream()
                .filter(pod -> Meta.label(pod, REVISION).equals(revision))
                .count();
        var isDone = updated == mine.size()
                && mine.size() == Json.number(set, 1, "spec", "replicas")
                && mine.stream().allMatch(Pods::isReady);
        var before = Json.text(set, "status", "currentRevision");
        var current = isDone || before.isEmpty() ? revision : before;
        var ready = (int) mine.stream().filter(Pods::isReady).count();
        var status = Json.object(
                "observedGeneration",
                Meta.generation(set),
                "replicas",
                mine.size(),
                "readyReplicas",
                ready,
                "availableReplicas",
                ready,
                "currentReplicas",
                (int) mine.stream()
                        .filter(pod -> Meta.label(pod, REVISION).equals(current))
                        .count(),
                "updatedReplicas",
                updated,
                "currentRevision",
                current,
                "updateRevision",
                revision,
                "collisionCount",
                0);
        cluster.status(Kind.STATEFUL_SET, set, status);
    }
}
