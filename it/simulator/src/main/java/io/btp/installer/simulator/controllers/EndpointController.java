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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists the pods behind every Service that selects any, as an EndpointSlice and as Endpoints. */
final class EndpointController implements Controller<Key> {
    private final Cluster cluster;
    private final Store services;
    private final Store pods;
    private final Store slices;
    private final Store endpoints;

    EndpointController(Cluster cluster) throws InterruptedException {
        this.cluster = cluster;
        this.services = cluster.store(Kind.SERVICE);
        this.pods = cluster.store(Kind.POD);
        this.slices = cluster.store(Kind.ENDPOINT_SLICE);
        this.endpoints = cluster.store(Kind.ENDPOINTS);
    }

    @Override
    public String name() {
        return "endpointslice-controller";
    }

    @Override
    public void watch(Loop<Key> loop) {
        services.onChange(service -> loop.add(Meta.key(service)));
        pods.onChange(pod -> services.in(Meta.namespace(pod))
                .filter(service -> selects(service, pod))
                .forEach(service -> loop.add(Meta.key(service))));
    }

    private static boolean selects(JsonNode service, JsonNode pod) {
        var selector = Json.texts(service, "spec", "selector");
        return !selector.isEmpty() && Meta.labels(pod).entrySet().containsAll(selector.entrySet());
    }

    @Override
    public void reconcile(Key key, Loop<Key> loop) throws IOException, InterruptedException {
        var found = services.find(key).filter(service -> !Meta.isLeaving(service));
        if (found.isEmpty() || Json.texts(found.get(), "spec", "selector").isEmpty()) {
            return;
        }
        var service = found.get();
        var behind = pods.in(key.namespace())
                .filter(pod -> selects(service, pod)
                        && Pods.isActive(pod)
                        && !Json.text(pod, "status", "podIP").isEmpty())
                .sorted(Comparator.comparing(Meta::name))
                .toList();
        store(slices, Kind.ENDPOINT_SLICE, slice(service, behind));
        store(endpoints, Kind.ENDPOINTS, endpoints(service, behind));
    }

    private void store(Store store, Kind kind, ObjectNode wanted) throws IOException, InterruptedException {
        var known = store.find(Meta.key(wanted));
        if (known.isEmpty()) {
            cluster.create(kind, wanted);
            return;
        }
        var changed = known.get().deepCopy();
        wanted.propertyStream()
                .filter(entry -> !entry.getKey().equals("metadata"))
                .forEach(entry -> changed.set(entry.getKey(), entry.getValue()));
        if (!changed.equals(known.get())) {
            cluster.replace(kind, changed);
        }
    }

    private static ObjectNode slice(ObjectNode service, List<ObjectNode> behind) {
        var labels = Map.of(
                "kubernetes.io/service-name",
                Meta.name(service),
                "endpointslice.kubernetes.io/managed-by",
                "endpointslice-controller.k8s.io");
        var list = behind.stream()
                .map(pod -> Json.object(
                        "addresses", List.of(Json.text(pod, "status", "podIP")),
                        "conditions",
                                Map.of("ready", Pods.isReady(pod), "serving", Pods.isReady(pod), "terminating", false),
                        "nodeName", Json.text(pod, "spec", "nodeName"),
                        "targetRef", target(pod)))
                .toList();
        return Json.object(
                "metadata",
                Map.of(
                        "namespace",
                        Meta.namespace(service),
                        "name",
                        Meta.name(service) + "-"
                                + Pods.hash(Json.node(Meta.uid(service))).substring(0, 5),
                        "labels",
                        labels,
                        "ownerReferences",
                        Json.array(Meta.ownedBy(Kind.SERVICE, service))),
                "addressType",
                "IPv4",
                "endpoints",
                list,
                "ports",
                ports(service, behind));
    }

    private static ObjectNode endpoints(ObjectNode service, List<ObjectNode> behind) {
        var subset = Json.object("ports", ports(service, behind));
        var ready = addresses(behind.stream().filter(Pods::isReady).toList());
        var others = addresses(behind.stream().filter(pod -> !Pods.isReady(pod)).toList());
        if (!ready.isEmpty()) {
            subset.set("addresses", ready);
        }
        if (!others.isEmpty()) {
            subset.set("notReadyAddresses", others);
        }
        return Json.object(
                "metadata",
                Map.of("namespace", Meta.namespace(service), "name", Meta.name(service)),
                "subsets",
                behind.isEmpty() ? List.of() : List.of(subset));
    }

    private static ArrayNode addresses(List<ObjectNode> pods) {
        return (ArrayNode) Json.node(pods.stream()
                .map(pod -> Json.object(
                        "ip",
                        Json.text(pod, "status", "podIP"),
                        "nodeName",
                        Json.text(pod, "spec", "nodeName"),
                        "targetRef",
                        target(pod)))
                .toList());
    }

    private static ObjectNode target(JsonNode pod) {
        return Json.object(
                "kind", "Pod", "namespace", Meta.namespace(pod), "name", Meta.name(pod), "uid", Meta.uid(pod));
    }

    private static ArrayNode ports(ObjectNode service, List<ObjectNode> behind) {
        return (ArrayNode) Json.node(Json.items(service, "spec", "ports")
                .map(port -> Json.object(
                        "name", Json.text(port, "name"),
                        "port", number(port, behind),
                        "protocol", Json.at(port, "protocol").asString("TCP")))
                .toList());
    }

    private static int number(JsonNode port, List<ObjectNode> behind) {
        var target = port.path("targetPort");
        if (target.isNumber() && target.asInt() > 0) {
            return target.asInt();
        }
        return behind.stream()
                .flatMap(pod -> Json.items(pod, "spec", "containers"))
                .flatMap(container -> Json.items(container, "ports"))
                .filter(candidate -> Json.text(candidate, "name").equals(target.asString("")))
                .map(candidate -> Json.number(candidate, 0, "containerPort"))
                .findFirst()
                .orElseGet(() -> Json.number(port, 0, "port"));
    }
}
