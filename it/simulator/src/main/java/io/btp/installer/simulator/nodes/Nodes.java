package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.ApiException;
import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Registers the simulated nodes, and renews their leases so that they stay ready. */
final class Nodes implements Controller<String> {
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final String LEASES = "kube-node-lease";
    private static final Map<String, String> SIZE =
            Map.of("cpu", Scheduler.CORES + "", "memory", "32Gi", "pods", "110", "ephemeral-storage", "200Gi");

    private final Cluster cluster;
    private final Set<String> names;
    private final int kubeletPort;

    /** A port of 0 says that nobody answers for the kubelets. */
    Nodes(Cluster cluster, Set<String> names, int kubeletPort) {
        this.cluster = cluster;
        this.names = Set.copyOf(names);
        this.kubeletPort = kubeletPort;
    }

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public void watch(Loop<String> loop) throws InterruptedException {
        names.forEach(loop::add);
        cluster.store(Kind.NODE).onChange(node -> {
            if (names.contains(Meta.name(node))) {
                loop.add(Meta.name(node));
            }
        });
    }

    @Override
    public void reconcile(String name, Loop<String> loop) throws IOException, InterruptedException {
        var known = cluster.store(Kind.NODE).find(Key.of(name));
        if (known.isEmpty() || !Meta.isTrue(known.get(), "Ready") || port(known.get()) != kubeletPort) {
            var node = known.isPresent() ? known.get() : cluster.create(Kind.NODE, node(name));
            admit(cluster.status(Kind.NODE, node, status(name)));
        }
        renew(name, loop);
    }

    /** The API taints a new node; where a node controller runs, it may be quicker in taking that away. */
    private void admit(ObjectNode node) throws IOException, InterruptedException {
        var taints = Json.items(node, "spec", "taints").toList();
        var rest = taints.stream()
                .filter(taint -> !Json.text(taint, "key").equals("node.kubernetes.io/not-ready"))
                .toList();
        if (rest.size() < taints.size()) {
            cluster.patch(Kind.NODE, Meta.key(node), Json.object("spec", Map.of("taints", rest)));
        }
    }

    private static int port(ObjectNode node) {
        return Json.number(node, 0, "status", "daemonEndpoints", "kubeletEndpoint", "Port");
    }

    private static ObjectNode node(String name) {
        var labels = Map.of(
                "kubernetes.io/hostname",
                name,
                "kubernetes.io/os",
                "linux",
                "kubernetes.io/arch",
                "amd64",
                "topology.kubernetes.io/region",
                "simulated",
                "topology.kubernetes.io/zone",
                "simulated-a");
        return Json.object("metadata", Map.of("name", name, "labels", labels), "spec", Map.of());
    }

    private ObjectNode status(String name) {
        return Json.object(
                "capacity", SIZE,
                "allocatable", SIZE,
                "addresses",
                        Json.array(
                                Map.of("type", "InternalIP", "address", "127.0.0.1"),
                                Map.of("type", "Hostname", "address", name)),
                "daemonEndpoints", Map.of("kubeletEndpoint", Map.of("Port", kubeletPort)),
                "nodeInfo",
                        Map.ofEntries(
                                Map.entry("kubeletVersion", "v1.35.4"),
                                Map.entry("kubeProxyVersion", ""),
                                Map.entry("operatingSystem", "linux"),
                                Map.entry("architecture", "amd64"),
                                Map.entry("containerRuntimeVersion", "simulated://1"),
                                Map.entry("osImage", "simulated"),
                                Map.entry("kernelVersion", "0"),
                                Map.entry("machineID", ""),
                                Map.entry("systemUUID", ""),
                                Map.entry("bootID", "")),
                "conditions",
                        Json.array(
                                condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
                                condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
                                condition("PIDPressure", "False", "KubeletHasSufficientPID"),
                                condition("Ready", "True", "KubeletReady")));
    }

    private ObjectNode condition(String type, String status, String reason) {
        return Json.object(
                "type",
                type,
                "status",
                status,
                "reason",
                reason,
                "message",
                "simulated",
                "lastHeartbeatTime",
                cluster.time(),
                "lastTransitionTime",
                cluster.time());
    }

    private void renew(String name, Loop<String> loop) throws IOException, InterruptedException {
        loop.add(name, RENEWAL);
        var spec = Json.object(
                "holderIdentity",
                name,
                "leaseDurationSeconds",
                40,
                "renewTime",
                cluster.time().replace("Z", ".000000Z"));
        try {
            cluster.patch(Kind.LEASE, new Key(LEASES, name), Json.object("spec", spec));
        } catch (ApiException e) {
            if (!e.isAbsent()) {
                throw e;
            }
            cluster.create(
                    Kind.LEASE, Json.object("metadata", Map.of("namespace", LEASES, "name", name), "spec", spec));
        }
    }
}
