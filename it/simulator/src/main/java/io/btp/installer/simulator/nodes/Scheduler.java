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
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Binds pods to the simulated nodes by the CPU that they ask for, once their claims are bound. */
final class Scheduler implements Controller<Key> {
    static final int CORES = 8;
    static final String NO_ROOM =
            "0/2 nodes are available: 2 Insufficient cpu. no new claims to deallocate, preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.";

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Cluster cluster;
    private final Store pods;
    private final Store claims;
    private final Modes modes;
    private final Set<String> nodes;

    Scheduler(Cluster cluster, Modes modes, Set<String> nodes) throws InterruptedException {
        this.cluster = cluster;
        this.pods = cluster.store(Kind.POD);
        this.claims = cluster.store(Kind.CLAIM);
        this.modes = modes;
        this.nodes = Set.copyOf(nodes);
    }

    @Override
    public String name() {
        return "default-scheduler";
    }

    @Override
    public void watch(Loop<Key> loop) {
        pods.onChange(pod -> loop.add(Meta.key(pod)));
        modes.onChange(() -> pods.all().filter(Scheduler::waits).forEach(pod -> loop.add(Meta.key(pod))));
    }

    private static boolean waits(JsonNode pod) {
        return Json.text(pod, "spec", "nodeName").isEmpty() && !Meta.isLeaving(pod);
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = pods.find(key);
        if (found.isEmpty()) {
            return;
        }
        var pod = found.get();
        if (Meta.isLeaving(pod) && Json.text(pod, "spec", "nodeName").isEmpty()) {
            cluster.remove(pod);
            return;
        }
        if (!waits(pod)) {
            return;
        }
        var hindrance = hindrance(pod);
        var node = nodes.stream()
                .sorted(Comparator.comparing(this::used))
                .filter(name -> fits(pod, name))
                .findFirst();
        if (hindrance.isPresent() || node.isEmpty()) {
            refuse(pod, hindrance.orElse(NO_ROOM));
            loop.add(key, PAUSE);
            return;
        }
        cluster.post(
                Kind.POD,
                key,
                "binding",
                Json.object(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Binding",
                        "metadata",
                        Map.of("namespace", key.namespace(), "name", key.name()),
                        "target",
                        Map.of("apiVersion", "v1", "kind", "Node", "name", node.get())));
        cluster.get(Kind.POD, key);
        cluster.event(
                Kind.POD,
                pod,
                Happening.normal(name(), "Scheduled", "Successfully assigned %s to %s".formatted(key, node.get())));
    }

    /** Says what keeps the pod from every node. */
    private Optional<String> hindrance(ObjectNode pod) {
        if (modes.of(pod).equals("pending")) {
            return Optional.of(NO_ROOM);
        }
        for (var name : Json.items(pod, "spec", "volumes")
                .map(volume -> Json.text(volume, "persistentVolumeClaim", "claimName"))
                .filter(name -> !name.isEmpty())
                .toList()) {
            var claim = claims.find(new Key(Meta.namespace(pod), name));
            if (claim.isEmpty()) {
                return Optional.of("0/2 nodes are available: persistentvolumeclaim \"%s\" not found.".formatted(name));
            }
            if (!Json.text(claim.get(), "status", "phase").equals("Bound")) {
                return Optional.of("0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.");
            }
        }
        return Optional.empty();
    }

    private boolean fits(ObjectNode pod, String node) {
        var wanted = Json.text(pod, "spec", "nodeSelector", "kubernetes.io/hostname");
        return (wanted.isEmpty() || wanted.equals(node))
                && used(node).add(asked(pod)).compareTo(BigDecimal.valueOf(CORES)) <= 0;
    }

    private BigDecimal used(String node) {
        return pods.all()
                .filter(pod -> Json.text(pod, "spec", "nodeName").equals(node))
                .filter(pod -> !Json.text(pod, "status", "phase").matches("Succeeded|Failed"))
                .map(Scheduler::asked)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal asked(JsonNode pod) {
        return Json.items(pod, "spec", "containers")
                .map(container -> Json.text(container, "resources", "requests", "cpu"))
                .map(Scheduler::cores)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal cores(String quantity) {
        if (quantity.matches("[0-9]+m")) {
            return new BigDecimal(quantity.substring(0, quantity.length() - 1)).movePointLeft(3);
        }
        return quantity.matches("[0-9]+(\\.[0-9]+)?") ? new BigDecimal(quantity) : BigDecimal.ZERO;
    }

    private void refuse(ObjectNode pod, String why) throws IOException, InterruptedException {
        if (Meta.condition(pod, "PodScheduled")
                .filter(known -> Json.text(known, "message").equals(why))
                .isPresent()) {
            return;
        }
        cluster.event(Kind.POD, pod, Happening.warning(name(), "FailedScheduling", why));
        var status = Json.object(
                "phase",
                "Pending",
                "conditions",
                Json.array(Map.of(
                        "type",
                        "PodScheduled",
                        "status",
                        "False",
                        "reason",
                        "Unschedulable",
                        "message",
                        why,
                        "lastTransitionTime",
                        cluster.time())));
        cluster.status(Kind.POD, pod, status);
    }
}
