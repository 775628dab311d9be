package io.btp.installer.simulator.nodes;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** Plays the kubelets of all simulated nodes: leads every pod that is bound to one through its story. */
final class Kubelet implements Controller<Key> {
    private final Cluster cluster;
    private final Store pods;
    private final Modes modes;
    private final Needs needs;
    private final Set<String> nodes;
    private final Duration pace;
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();

    /** How far a pod has come: in which mode, since when, and which stage is the next. */
    private record Progress(String mode, Instant since, int next) {}

    Kubelet(Cluster cluster, Modes modes, Set<String> nodes, Duration pace) throws InterruptedException {
        this.cluster = cluster;
        this.pods = cluster.store(Kind.POD);
        this.modes = modes;
        this.needs = new Needs(cluster);
        this.nodes = Set.copyOf(nodes);
        this.pace = pace;
    }

    @Override
    public String name() {
        return "kubelet";
    }

    @Override
    public void watch(Loop<Key> loop) {
        pods.onChange(pod -> loop.add(Meta.key(pod)));
        modes.onChange(() -> pods.all().forEach(pod -> loop.add(Meta.key(pod))));
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = pods.find(key);
        if (found.isEmpty() || !nodes.contains(Json.text(found.get(), "spec", "nodeName"))) {
            return;
        }
        var pod = found.get();
        if (Meta.isLeaving(pod)) {
            end(pod);
            return;
        }
        if (!isOver(pod)) {
            live(pod, key, loop);
        }
    }

    private void end(ObjectNode pod) throws IOException, InterruptedException {
        if (Json.text(pod, "status", "phase").equals("Running")) {
            var container = Json.text(pod.path("spec").path("containers").path(0), "name");
            cluster.event(Kind.POD, pod, Happening.normal(name(), "Killing", "Stopping container " + container));
        }
        cluster.remove(pod);
        progress.remove(Meta.uid(pod));
    }

    private static boolean isOver(ObjectNode pod) {
        return Json.text(pod, "status", "phase").matches("Succeeded|Failed");
    }

    private void live(ObjectNode pod, Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var mode = modes.of(pod);
        var story = new Story(pod, pace, cluster.time());
        var missing = needs.missing(pod);
        if (missing.isPresent() && !Json.text(pod, "status", "phase").equals("Running")) {
            show(pod, story.waits(missing.get().reason(), missing.get().happening()), true);
            progress.remove(Meta.uid(pod));
            loop.add(key, Needs.PAUSE);
            return;
        }
        var stages = story.stages(Mode.of(mode));
        var at = progress.compute(
                Meta.uid(pod),
                (_, old) -> old != null && old.mode().equals(mode) ? old : begun(pod, mode, stages.size()));
        var elapsed = Duration.between(at.since(), cluster.now());
        var next = at.next();
        var shown = pod;
        while (next < stages.size() && stages.get(next).at().compareTo(elapsed) <= 0) {
            shown = show(shown, stages.get(next), true);
            next++;
            progress.put(Meta.uid(pod), new Progress(mode, at.since(), next));
        }
        if (next < stages.size()) {
            loop.add(key, stages.get(next).at().minus(elapsed));
        } else if (stages.getLast().isReady() && !Meta.isTrue(shown, "Ready")) {
            // The node controller took it for unready while nodes could not be heard; the kubelet knows better.
            show(shown, stages.getLast(), false);
        }
        if (next == 0 && Json.at(pod, "status", "containerStatuses").isMissingNode()) {
            show(pod, story.waits("ContainerCreating"), false);
        }
    }

    /** A pod that an earlier process has made ready stays so; any other one begins its story. */
    private Progress begun(ObjectNode pod, String mode, int last) {
        var isReady = Meta.isTrue(pod, "Ready") && Mode.of(mode) instanceof Mode.Run;
        return new Progress(mode, cluster.now(), isReady ? last : 0);
    }

    private ObjectNode show(ObjectNode pod, Stage stage, boolean isTold) throws IOException, InterruptedException {
        if (isTold) {
            for (var happening : stage.happenings()) {
                cluster.event(Kind.POD, pod, happening);
            }
        }
        return cluster.status(Kind.POD, pod, new PodStatus(pod, cluster.time()).at(stage));
    }
}
