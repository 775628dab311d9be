package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Keeps one pod of a DaemonSet on every node, and replaces them one by one when the template changes. */
final class DaemonSetController implements Controller<Key> {
    private static final String REVISION = "controller-revision-hash";

    private final Cluster cluster;
    private final Store sets;
    private final Store pods;
    private final Store nodes;

    DaemonSetController(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.sets = cluster.store(Kind.DAEMON_SET);
        this.pods = cluster.store(Kind.POD);
        this.nodes = cluster.store(Kind.NODE);
    }

    @Override
    public String name() {
        return "daemonset-controller";
    }

    @Override
    public void watch(Loop<Key> loop) {
        sets.onChange(set -> loop.add(Meta.key(set)));
        pods.onChange(pod -> Meta.controllerKey(pod, Kind.DAEMON_SET).forEach(loop::add));
        nodes.onChange(_ -> sets.all().forEach(set -> loop.add(Meta.key(set))));
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = sets.find(key);
        if (found.isEmpty() || Meta.isLeaving(found.get())) {
            return;
        }
        var set = found.get();
        var template = set.path("spec").path("template");
        var revision = Pods.hash(template);
        var chosen = Json.texts(template, "spec", "nodeSelector");
        var wanted = nodes.all()
                .filter(node -> Meta.labels(node).entrySet().containsAll(chosen.entrySet()))
                .map(Meta::name)
                .sorted()
                .toList();
        for (var node : wanted) {
            var name = Meta.name(set) + "-" + Pods.hash(Json.node(node));
            var pod = pods.find(new Key(key.namespace(), name));
            if (pod.isEmpty()) {
                var fresh = Pods.from(template, Kind.DAEMON_SET, set, name, Map.of(REVISION, revision));
                fresh.withObjectProperty("spec").put("nodeName", node);
                cluster.create(Kind.POD, fresh);
            }
        }
        update(set, revision);
        report(set, wanted, revision);
    }

    private void update(ObjectNode set, String revision) throws IOException, InterruptedException {
        var mine = pods.controlledBy(set).toList();
        var isWhole = mine.stream().allMatch(Pods::isReady);
        for (var pod : mine) {
            var isOld = !Meta.label(pod, REVISION).equals(revision)
                    && !Json.text(set, "spec", "updateStrategy", "type").equals("OnDelete");
            if (!Meta.isLeaving(pod) && (Pods.isOver(pod) || isOld && (isWhole || !Pods.isReady(pod)))) {
                cluster.delete(Kind.POD, pod);
                return;
            }
        }
    }

    private void report(ObjectNode set, List<String> wanted, String revision) throws IOException, InterruptedException {
        var mine = pods.controlledBy(set).filter(Pods::isActive).toList();
        var ready = (int) mine.stream().filter(Pods::isReady).count();
        cluster.status(
                Kind.DAEMON_SET,
                set,
                Json.object(
                        "observedGeneration",
                        Meta.generation(set),
                        "desiredNumberScheduled",
                        wanted.size(),
                        "currentNumberScheduled",
                        mine.size(),
                        "numberMisscheduled",
                        0,
                        "numberReady",
                        ready,
                        "numberAvailable",
                        ready,
                        "numberUnavailable",
                        Math.max(0, wanted.size() - ready),
                        "updatedNumberScheduled",
                        (int) mine.stream()
                                .filter(pod -> Meta.label(pod, REVISION).equals(revision))
                                .count()));
    }
}
