package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.string;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Gives services addresses and node ports that no other service has. */
final class Services {
    private static final String PREFIX = "127.96.";
    private static final int FIRST_PORT = 30_000;
    private static final int LAST_PORT = 32_767;

    private final Store store;
    private final Kind kind = Kinds.builtIn("", "Service");

    Services(Store store) {
        this.store = store;
    }

    void allocate(ObjectNode service, ObjectNode old) {
        var spec = Nodes.child(service, "spec");
        var type = string(spec, "type");
        if (type.equals("ExternalName")) {
            spec.remove(List.of("clusterIP", "clusterIPs"));
            return;
        }
        Nodes.defaultTo(spec, "ipFamilies", Nodes.strings(List.of("IPv4")));
        Nodes.defaultTo(spec, "ipFamilyPolicy", "SingleStack");
        // An update that leaves them open keeps them.
        if (string(spec, "clusterIP").isEmpty()) {
            Nodes.assign(spec, "clusterIP", Nodes.at(old, "spec", "clusterIP"));
        }
        if (string(spec, "clusterIP").isEmpty()) {
            spec.put("clusterIP", freeAddress());
        }
        spec.set("clusterIPs", Nodes.strings(List.of(string(spec, "clusterIP"))));
        var ports = Nodes.objects(spec, "ports");
        var wantsPorts = type.equals("NodePort")
                || type.equals("LoadBalancer")
                        && spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
        if (!wantsPorts) {
            ports.forEach(port -> port.remove("nodePort"));
            return;
        }
        var taken = takenPorts(service);
        for (var port : ports) {
            nodePort(port, old, taken, service);
        }
    }

    private void nodePort(ObjectNode port, ObjectNode old, Set<Integer> taken, ObjectNode service) {
        int wanted = port.path("nodePort").asInt(0);
        if (wanted == 0) {
            wanted = Nodes.objects(old, "spec", "ports").stream()
                    .filter(before -> before.path("port").equals(port.path("port"))
                            && before.path("protocol").equals(port.path("protocol")))
                    .mapToInt(before -> before.path("nodePort").asInt(0))
                    .findFirst()
                    .orElse(0);
        } else if (taken.contains(wanted)) {
            throw Refusal.invalid(
                    kind,
                    string(service, "metadata", "name"),
                    List.of(Refusal.Cause.invalid(
                            "spec.ports[0].nodePort", Integer.toString(wanted), "provided port is already allocated")));
        }
        int chosen = wanted;
        for (int free = FIRST_PORT; chosen == 0 && free <= LAST_PORT; free++) {
            chosen = taken.contains(free) ? 0 : free;
        }
        taken.add(chosen);
        port.put("nodePort", chosen);
    }

    private Set<Integer> takenPorts(ObjectNode service) {
        var taken = new HashSet<Integer>();
        all().filter(other -> !isSame(other, service))
                .forEach(other -> Nodes.objects(other, "spec", "ports")
                        .forEach(port -> taken.add(port.path("nodePort").asInt(0))));
        return taken;
    }

    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return string(one, "metadata", "name").equals(string(other, "metadata", "name"))
                && string(one, "metadata", "namespace").equals(string(other, "metadata", "namespace"));
    }

    private String freeAddress() {
        var taken = new HashSet<String>();
        all().forEach(other -> taken.add(string(other, "spec", "clusterIP")));
        for (int number = 1; number < 65_535; number++) {
            var address = PREFIX + number / 256 + "." + number % 256;
            if (number % 256 != 0 && number % 256 != 255 && !taken.contains(address)) {
                return address;
            }
        }
        throw Refusal.of(500, "InternalError", "all cluster addresses are in use");
    }

    private Stream<ObjectNode> all() {
        return store.list(kind.qualified(), "").items().stream();
    }
}
