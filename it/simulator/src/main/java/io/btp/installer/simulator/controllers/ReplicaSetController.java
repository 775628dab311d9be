package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.ApiException;
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
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps as many pods of a template as a ReplicaSet asks for. */
final class ReplicaSetController implements Controller<Key> {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final Cluster cluster;
    private final Store sets;
    private final Store pods;
    private final RandomGenerator random;

    ReplicaSetController(Cluster cluster, RandomGenerator random) throws InterruptedException {
        this.cluster = cluster;
        this.sets = cluster.store(Kind.REPLICA_SET);
        this.pods = cluster.store(Kind.POD);
        this.random = random;
    }

    @Override
    public String name() {
        return "replicaset-controller";
    }

    @Override
    public void watch(Loop<Key> loop) {
        sets.onChange(set -> loop.add(Meta.key(set)));
        pods.onChange(pod -> Meta.controllerKey(pod, Kind.REPLICA_SET).forEach(loop::add));
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = sets.find(key);
        if (found.isEmpty() || Meta.isLeaving(found.get())) {
            return;
        }
        var set = found.get();
        var wanted = Json.number(set, 1, "spec", "replicas");
        var mine = pods.controlledBy(set)
                .filter(Pods::isActive)
                .sorted(leastUseful())
                .toList();
        for (var missing = mine.size(); missing < wanted; missing++) {
            create(set);
        }
        for (var pod : mine.subList(0, Math.max(0, mine.size() - wanted))) {
            cluster.delete(Kind.POD, pod);
            cluster.event(
                    Kind.REPLICA_SET,
                    set,
                    Happening.normal(name(), "SuccessfulDelete", "Deleted pod: " + Meta.name(pod)));
        }
        report(set);
    }

    private static Comparator<ObjectNode> leastUseful() {
        return Comparator.<ObjectNode, Boolean>comparing(Pods::isReady)
                .thenComparing(pod -> !Json.text(pod, "spec", "nodeName").isEmpty())
                .thenComparing(pod -> Json.text(pod, "metadata", "creationTimestamp"), Comparator.reverseOrder());
    }

    private void create(ObjectNode set) throws IOException, InterruptedException {
        var suffix = random.ints(5, 0, LETTERS.length())
                .mapToObj(at -> LETTERS.substring(at, at + 1))
                .collect(Collectors.joining());
        try {
            var pod = cluster.create(
                    Kind.POD,
                    Pods.from(
                            set.path("spec").path("template"),
                            Kind.REPLICA_SET,
                            set,
                            Meta.name(set) + "-" + suffix,
                            Map.of()));
            cluster.event(
                    Kind.REPLICA_SET,
                    set,
                    Happening.normal(name(), "SuccessfulCreate", "Created pod: " + Meta.name(pod)));
        } catch (ApiException e) {
            cluster.event(
                    Kind.REPLICA_SET,
                    set,
                    Happening.warning(name(), "FailedCreate", "Error creating: " + e.getMessage()));
            throw e;
        }
    }

    private void report(ObjectNode set) throws IOException, InterruptedException {
        List<? extends JsonNode> mine =
                pods.controlledBy(set).filter(Pods::isActive).toList();
        var ready = (int) mine.stream().filter(Pods::isReady).count();
        cluster.status(
                Kind.REPLICA_SET,
                set,
                Json.object(
                        "replicas",
                        mine.size(),
                        "fullyLabeledReplicas",
                        mine.size(),
                        "readyReplicas",
                        ready,
                        "availableReplicas",
                        ready,
                        "observedGeneration",
                        Meta.generation(set)));
    }
}
