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
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rolls a Deployment's template out by ReplicaSets, one a revision. */
final class DeploymentController implements Controller<Key> {
    private static final String HASH = "pod-template-hash";
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final Cluster cluster;
    private final Store deployments;
    private final Store sets;
    private final Store pods;

    DeploymentController(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.deployments = cluster.store(Kind.DEPLOYMENT);
        this.sets = cluster.store(Kind.REPLICA_SET);
        this.pods = cluster.store(Kind.POD);
    }

    @Override
    public String name() {
        return "deployment-controller";
    }

    @Override
    public void watch(Loop<Key> loop) {
        deployments.onChange(deployment -> loop.add(Meta.key(deployment)));
        sets.onChange(set -> Meta.controllerKey(set, Kind.DEPLOYMENT).forEach(loop::add));
        // while an old pod ends, a Recreate waits, and nothing else tells of its end
        pods.onChange(pod -> Meta.controllerKey(pod, Kind.REPLICA_SET)
                .flatMap(key -> sets.find(key).stream())
                .flatMap(set -> Meta.controllerKey(set, Kind.DEPLOYMENT))
                .forEach(loop::add));
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = deployments.find(key);
        if (found.isEmpty() || Meta.isLeaving(found.get())) {
            return;
        }
        var deployment = found.get();
        var hash = Pods.hash(deployment.path("spec").path("template"));
        var isPaused = deployment.path("spec").path("paused").asBoolean(false);
        if (!isPaused) {
            var current = current(deployment, hash);
            var old = sets.controlledBy(deployment)
                    .filter(set -> !Meta.uid(set).equals(Meta.uid(current)))
                    .toList();
            if (Json.text(deployment, "spec", "strategy", "type").equals("Recreate")) {
                recreate(deployment, current, old);
            } else {
                roll(deployment, current, old);
            }
            forget(deployment, old);
        }
        report(deployments.find(key).orElse(deployment), hash, key, loop);
    }

    private ObjectNode current(ObjectNode deployment, String hash) throws IOException, InterruptedException {
        var key = new Key(Meta.namespace(deployment), Meta.name(deployment) + "-" + hash);
        var known = sets.find(key);
        var last = sets.controlledBy(deployment)
                .mapToLong(DeploymentController::revision)
                .max()
                .orElse(0);
        var revision = known.isPresent() && revision(known.get()) == last ? last : last + 1;
        var set = known.isPresent()
                ? revised(known.get(), revision)
                : cluster.create(Kind.REPLICA_SET, set(deployment, key, hash, revision));
        if (!Meta.annotation(deployment, REVISION).equals(Long.toString(revision))) {
            cluster.patch(
                    Kind.DEPLOYMENT,
                    Meta.key(deployment),
                    Json.object("metadata", Map.of("annotations", Map.of(REVISION, Long.toString(revision)))));
        }
        return set;
    }

    private static long revision(JsonNode object) {
        var text = Meta.annotation(object, REVISION);
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }

    private ObjectNode revised(ObjectNode set, long revision) throws IOException, InterruptedException {
        return revision(set) == revision
                ? set
                : cluster.patch(
                        Kind.REPLICA_SET,
                        Meta.key(set),
                        Json.object("metadata", Map.of("annotations", Map.of(REVISION, Long.toString(revision)))));
    }

    private static ObjectNode set(ObjectNode deployment, Key key, String hash, long revision) {
        var template = (ObjectNode) deployment.path("spec").path("template").deepCopy();
        template.withObjectProperty("metadata").withObjectProperty("labels").put(HASH, hash);
        var selector = (ObjectNode) deployment.path("spec").path("selector").deepCopy();
        selector.withObjectProperty("matchLabels").put(HASH, hash);
        var annotations = new TreeMap<>(Json.texts(deployment, "metadata", "annotations"));
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        annotations.put(REVISION, Long.toString(revision));
        return Json.object(
                "metadata",
                        Map.of(
                                "namespace",
                                key.namespace(),
                                "name",
                                key.name(),
                                "labels",
                                Meta.labels(template),
                                "annotations",
                                annotations,
                                "ownerReferences",
                                Json.array(Meta.ownedBy(Kind.DEPLOYMENT, deployment))),
                "spec", Map.of("replicas", 0, "selector", selector, "template", template));
    }

    private void recreate(ObjectNode deployment, ObjectNode current, List<ObjectNode> old)
            throws IOException, InterruptedException {
        for (var set : old) {
            scale(deployment, set, 0);
        }
        if (old.stream().flatMap(pods::controlledBy).allMatch(Pods::isOver)) {
            scale(deployment, current, wanted(deployment));
        }
    }

    private void roll(ObjectNode deployment, ObjectNode current, List<ObjectNode> old)
            throws IOException, InterruptedException {
        var wanted = wanted(deployment);
        var rolling = deployment.path("spec").path("strategy").path("rollingUpdate");
        var surge = Pods.share(rolling.path("maxSurge"), wanted, true, "25%");
        var fewest = wanted - unavailable(deployment, wanted, surge);
        var total = old.stream().mapToInt(DeploymentController::wanted).sum();
        var now = wanted(current);
        var scaled = scale(
                deployment, current, now >= wanted ? wanted : Math.min(wanted, Math.max(now, wanted + surge - total)));
        // what the old ones may lose: first what is not available anyway, then as many as leaves enough available
        var spare = available(scaled) + total - fewest;
        for (var set : old.stream()
                .sorted(Comparator.comparingLong(DeploymentController::revision))
                .toList()) {
            var broken = Math.clamp(spare, 0, wanted(set) - available(set));
            spare -= broken;
            scale(deployment, set, wanted(set) - broken);
        }
        spare = Math.min(
                spare,
                available(current)
                        + old.stream().mapToInt(DeploymentController::available).sum()
                        - fewest);
        for (var set : old) {
            var fresh = sets.find(Meta.key(set)).orElse(set);
            var taken = Math.clamp(spare, 0, available(fresh));
            spare -= taken;
            scale(deployment, fresh, wanted(fresh) - taken);
        }
    }

    private static int unavailable(ObjectNode deployment, int wanted, int surge) {
        var share = Pods.share(
                deployment.path("spec").path("strategy").path("rollingUpdate").path("maxUnavailable"),
                wanted,
                false,
                "25%");
        return share == 0 && surge == 0 ? 1 : share;
    }

    private static int wanted(JsonNode object) {
        return Json.number(object, 1, "spec", "replicas");
    }

    private static int available(JsonNode set) {
        return Math.min(wanted(set), Json.number(set, 0, "status", "availableReplicas"));
    }

    private ObjectNode scale(ObjectNode deployment, ObjectNode set, int replicas)
            throws IOException, InterruptedException {
        var before = wanted(set);
        if (before == replicas) {
            return set;
        }
        var scaled = cluster.patch(Kind.REPLICA_SET, Meta.key(set), Json.object("spec", Map.of("replicas", replicas)));
        cluster.event(
                Kind.DEPLOYMENT,
                deployment,
                Happening.normal(
                        name(),
                        "ScalingReplicaSet",
                        "Scaled %s replica set %s from %d to %d"
                                .formatted(replicas > before ? "up" : "down", Meta.name(set), before, replicas)));
        return scaled;
    }

    private void forget(ObjectNode deployment, List<ObjectNode> old) throws IOException, InterruptedException {
        var kept = Json.number(deployment, 10, "spec", "revisionHistoryLimit");
        var idle = old.stream()
                .filter(set -> wanted(set) == 0 && Json.number(set, 0, "status", "replicas") == 0)
                .sorted(Comparator.comparingLong(DeploymentController::revision))
                .toList();
        for (var set : idle.subList(0, Math.max(0, idle.size() - kept))) {
            cluster.delete(Kind.REPLICA_SET, set, "propagationPolicy", "Background");
        }
    }

    private void report(ObjectNode deployment, String hash, Key key, Loop<Key> loop)
            throws IOException, InterruptedException {
        var mine = sets.controlledBy(deployment).toList();
        var wanted = wanted(deployment);
        var total = sum(mine, "replicas");
        var ready = sum(mine, "readyReplicas");
        var updated = mine.stream()
                .filter(set -> Meta.name(set).endsWith("-" + hash))
                .mapToInt(set -> Json.number(set, 0, "status", "replicas"))
                .sum();
        var status = Json.object(
                "observedGeneration",
                Meta.generation(deployment),
                "replicas",
                total,
                "updatedReplicas",
                updated,
                "readyReplicas",
                ready,
                "availableReplicas",
                ready,
                "unavailableReplicas",
                Math.max(0, wanted - ready));
        var unavailable = Pods.share(
                deployment.path("spec").path("strategy").path("rollingUpdate").path("maxUnavailable"),
                wanted,
                false,
                "25%");
        var isAvailable = ready >= wanted - unavailable;
        status.set(
                "conditions",
                Json.array(
                        isAvailable
                                ? condition(
                                        deployment,
                                        "Available",
                                        true,
                                        "MinimumReplicasAvailable",
                                        "Deployment has minimum availability.")
                                : condition(
                                        deployment,
                                        "Available",
                                        false,
                                        "MinimumReplicasUnavailable",
                                        "Deployment does not have minimum availability."),
                        progress(
                                deployment, hash, updated == wanted && total == wanted && ready == wanted, key, loop)));
        cluster.status(Kind.DEPLOYMENT, deployment, status);
    }

    private static int sum(List<ObjectNode> sets, String field) {
        return sets.stream()
                .mapToInt(set -> Json.number(set, 0, "status", field))
                .sum();
    }

    private ObjectNode progress(ObjectNode deployment, String hash, boolean isDone, Key key, Loop<Key> loop) {
        var set = Meta.name(deployment) + "-" + hash;
        if (isDone) {
            return condition(
                    deployment,
                    "Progressing",
                    true,
                    "NewReplicaSetAvailable",
                    "ReplicaSet \"%s\" has successfully progressed.".formatted(set));
        }
        var going = condition(
                deployment,
                "Progressing",
                true,
                "ReplicaSetUpdated",
                "ReplicaSet \"%s\" is progressing.".formatted(set));
        var exceeded = "ReplicaSet \"%s\" has timed out progressing.".formatted(set);
        var before = Meta.condition(deployment, "Progressing")
                .filter(known -> Json.text(known, "message").equals(exceeded));
        var limit = Duration.ofSeconds(Json.number(deployment, 600, "spec", "progressDeadlineSeconds"));
        var left = Duration.between(
                cluster.now(), Instant.parse(Json.text(going, "lastUpdateTime")).plus(limit));
        if (before.isPresent() || !left.isPositive()) {
            return condition(deployment, "Progressing", false, "ProgressDeadlineExceeded", exceeded);
        }
        loop.add(key, left);
        return going;
    }

    private ObjectNode condition(ObjectNode deployment, String type, boolean isTrue, String reason, String message) {
        return Status.condition(deployment, type, isTrue, reason, message, cluster.time());
    }
}
