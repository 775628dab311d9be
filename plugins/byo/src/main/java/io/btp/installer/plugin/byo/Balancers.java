package io.btp.installer.plugin.byo;

import io.btp.installer.api.Kubernetes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the Services whose load balancers lead to an ingress controller: by the addresses that it wrote into the
 * Ingresses of its class, otherwise by the label that its own chart sets.
 *
 * @param kubernetes the cluster
 */
record Balancers(Kubernetes kubernetes) {
    private static final Map<String, String> PROGRAMS = Map.of(
            "traefik.io/ingress-controller", "traefik",
            "k8s.io/ingress-nginx", "ingress-nginx",
            "nginx.org/ingress-controller", "nginx-ingress",
            "haproxy.org/ingress-controller", "kubernetes-ingress",
            "haproxy-ingress.github.io/controller", "haproxy-ingress",
            "projectcontour.io/ingress-controller", "contour");

    /**
     * Where a load balancer is reached.
     *
     * @param hostname by name
     * @param address by IP address
     */
    record Entry(Optional<String> hostname, Optional<String> address) {
        /** Takes what somebody wrote: a name or an IP address. */
        static Entry at(String text) {
            return text.contains(":") || text.matches("[0-9.]+")
                    ? new Entry(Optional.empty(), Optional.of(text))
                    : new Entry(Optional.of(text), Optional.empty());
        }
    }

    /** Gives where a Service, or an Ingress, says that it is reached. */
    static Optional<Entry> entry(Map<String, Object> object) {
        return Tree.maps(object, "status", "loadBalancer", "ingress").stream()
                .map(entry -> new Entry(Tree.text(entry, "hostname"), Tree.text(entry, "ip")))
                .filter(entry -> entry.hostname().isPresent() || entry.address().isPresent())
                .findFirst();
    }

    /** Gives the Services that could be the one; more than one where that cannot be told. */
    List<Map<String, Object>> of(Map<String, Object> ingressClass, Optional<String> namespace)
            throws InterruptedException {
        var balanced = kubernetes.list("v1", "Service", namespace, Map.of()).stream()
                .filter(service -> Tree.text(service, "spec", "type").orElse("").equals("LoadBalancer"))
                .filter(service -> entry(service).isPresent())
                .toList();
        var written = written(Tree.name(ingressClass));
        var byAddress = balanced.stream()
                .filter(service -> entry(service).filter(written::contains).isPresent())
                .toList();
        if (!byAddress.isEmpty()) {
            return byAddress;
        }
        var program = Optional.ofNullable(
                PROGRAMS.get(Tree.text(ingressClass, "spec", "controller").orElse("")));
        var byLabel = balanced.stream()
                .filter(service -> program.isPresent()
                        && program.equals(Tree.text(service, "metadata", "labels", "app.kubernetes.io/name")))
                .toList();
        return byLabel.isEmpty() && namespace.isPresent() ? balanced : byLabel;
    }

    private Set<Entry> written(String className) throws InterruptedException {
        var entries = new HashSet<Entry>();
        kubernetes.list("networking.k8s.io/v1", "Ingress", Optional.empty(), Map.of()).stream()
                .filter(ingress -> Tree.text(ingress, "spec", "ingressClassName")
                        .filter(className::equals)
                        .isPresent())
                .forEach(ingress -> entry(ingress).ifPresent(entries::add));
        return entries;
    }
}
