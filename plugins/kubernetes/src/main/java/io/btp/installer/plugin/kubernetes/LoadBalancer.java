package io.btp.installer.plugin.kubernetes;

import java.util.Map;
import java.util.Optional;

/**
 * Where a load balancer is reached.
 *
 * @param hostname by name
 * @param address by IP address
 */
record LoadBalancer(Optional<String> hostname, Optional<String> address) {
    /**
     * Takes what the answers name, otherwise what the Service tells; empty while it tells nothing.
     *
     * @param answered name or IP address
     */
    static Optional<LoadBalancer> of(Optional<String> answered, Optional<Map<String, Object>> service) {
        return answered.map(LoadBalancer::at).or(() -> service.flatMap(LoadBalancer::told));
    }

    private static LoadBalancer at(String answered) {
        var isAddress = answered.contains(":") || answered.matches("[0-9.]+");
        return isAddress
                ? new LoadBalancer(Optional.empty(), Optional.of(answered))
                : new LoadBalancer(Optional.of(answered), Optional.empty());
    }

    private static Optional<LoadBalancer> told(Map<String, Object> service) {
        return Tree.maps(service, "status", "loadBalancer", "ingress").stream()
                .map(entry -> new LoadBalancer(Tree.text(entry, "hostname"), Tree.text(entry, "ip")))
                .filter(entry -> entry.hostname().isPresent() || entry.address().isPresent())
                .findFirst();
    }
}
