package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Happening;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Ref;
import io.btp.installer.simulator.client.Store;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Gives every Service of type LoadBalancer, and every Ingress by its controller's Service, a loopback address. */
final class Balancer implements Controller<Ref> {
    private final Cluster cluster;
    private final Modes modes;
    private final Store services;
    private final Store ingresses;
    private final Store classes;

    Balancer(Cluster cluster, Modes modes) throws InterruptedException {
        this.cluster = cluster;
        this.modes = modes;
        this.services = cluster.store(Kind.SERVICE);
        this.ingresses = cluster.store(Kind.INGRESS);
        this.classes = cluster.store(Kind.INGRESS_CLASS);
    }

    @Override
    public String name() {
        return "service-controller";
    }

    @Override
    public void watch(Loop<Ref> loop) {
        services.onChange(service -> {
            loop.add(new Ref(Kind.SERVICE, Meta.key(service)));
            all(ingresses, Kind.INGRESS, loop);
        });
        ingresses.onChange(ingress -> loop.add(new Ref(Kind.INGRESS, Meta.key(ingress))));
        classes.onChange(_ -> all(ingresses, Kind.INGRESS, loop));
        modes.onChange(() -> {
            all(services, Kind.SERVICE, loop);
            all(ingresses, Kind.INGRESS, loop);
        });
    }

    private static void all(Store store, Kind kind, Loop<Ref> loop) {
        store.all().forEach(object -> loop.add(new Ref(kind, Meta.key(object))));
    }

    @Override
    public void reconcile(Ref ref, Loop<Ref> loop) throws IOException, InterruptedException {
        var store = ref.kind().equals(Kind.SERVICE) ? services : ingresses;
        var found = store.find(ref.key());
        if (found.isEmpty() || Meta.isLeaving(found.get())) {
            return;
        }
        var object = found.get();
        var wanted = modes.isPending(object) ? Optional.<String>empty() : wanted(ref.kind(), object);
        if (!wanted.equals(address(object))) {
            give(ref, object, wanted);
        }
    }

    private Optional<String> wanted(Kind kind, ObjectNode object) {
        if (kind.equals(Kind.SERVICE)) {
            return Json.text(object, "spec", "type").equals("LoadBalancer")
                    ? Optional.of(own(object))
                    : Optional.empty();
        }
        var controller = controller(object);
        return controller.isPresent() ? address(controller.get()) : Optional.of(own(object));
    }

    /** Gives the address that the object has, or one that nobody has; where to look first hangs on its uid, so that clusters side by side seldom meet. */
    private String own(ObjectNode object) {
        var taken = Stream.concat(services.all(), ingresses.all())
                .filter(other -> !Meta.uid(other).equals(Meta.uid(object)))
                .flatMap(other -> address(other).stream())
                .collect(Collectors.toSet());
        return address(object).orElseGet(() -> free(taken, Meta.uid(object).hashCode()));
    }

    private static String free(Set<String> taken, int first) {
        return IntStream.range(0, 1 << 16)
                .map(step -> first + step & 0xffff)
                .mapToObj(number -> "127.98.%d.%d".formatted(number >> 8, number & 0xff))
                .filter(address -> !address.endsWith(".0") && !address.endsWith(".255") && !taken.contains(address))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("all addresses of 127.98.0.0/16 are taken"));
    }

    /** Finds the Service of the controller that serves the Ingress's class: both come from the same release. */
    private Optional<ObjectNode> controller(ObjectNode ingress) {
        return ingressClass(ingress)
                .flatMap(name -> classes.find(Key.of(name)))
                .flatMap(ingressClass -> services.all()
                        .filter(service -> Json.text(service, "spec", "type").equals("LoadBalancer"))
                        .filter(service -> isOfSameRelease(service, ingressClass))
                        .findFirst());
    }

    private Optional<String> ingressClass(ObjectNode ingress) {
        var named = Json.text(ingress, "spec", "ingressClassName");
        var older = Meta.annotation(ingress, "kubernetes.io/ingress.class");
        if (!named.isEmpty() || !older.isEmpty()) {
            return Optional.of(named.isEmpty() ? older : named);
        }
        return classes.all()
                .filter(candidate -> Meta.annotation(candidate, "ingressclass.kubernetes.io/is-default-class")
                        .equals("true"))
                .map(Meta::name)
                .findFirst();
    }

    private static boolean isOfSameRelease(JsonNode service, JsonNode ingressClass) {
        return isSame(
                                Meta.annotation(service, "meta.helm.sh/release-name"),
                                Meta.annotation(ingressClass, "meta.helm.sh/release-name"))
                        && isSame(
                                Meta.annotation(service, "meta.helm.sh/release-namespace"),
                                Meta.annotation(ingressClass, "meta.helm.sh/release-namespace"))
                || isSame(
                        Meta.label(service, "app.kubernetes.io/instance"),
                        Meta.label(ingressClass, "app.kubernetes.io/instance"));
    }

    private static boolean isSame(String one, String other) {
        return !one.isEmpty() && one.equals(other);
    }

    static Optional<String> address(JsonNode object) {
        return Optional.of(Json.text(
                        object.path("status")
                                .path("loadBalancer")
                                .path("ingress")
                                .path(0),
                        "ip"))
                .filter(ip -> !ip.isEmpty());
    }

    private void give(Ref ref, ObjectNode object, Optional<String> address) throws IOException, InterruptedException {
        var status = object.path("status") instanceof ObjectNode known ? known.deepCopy() : Json.object();
        status.set(
                "loadBalancer",
                address.map(ip -> Json.object("ingress", Json.array(Map.of("ip", ip))))
                        .orElseGet(Json::object));
        cluster.status(ref.kind(), object, status);
        if (address.isPresent() && ref.kind().equals(Kind.SERVICE)) {
            cluster.event(ref.kind(), object, Happening.normal(name(), "EnsuredLoadBalancer", "Ensured load balancer"));
        }
    }
}
