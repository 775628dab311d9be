package io.btp.installer.plugin.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a load balancer is reached.
 *
 * @param hostname by name
 * @param address by address
 */
record LoadBalancer(Optional<String> hostname, Optional<String> address) {
    /** Reads it from a Service; empty while none is assigned. */
    static Optional<LoadBalancer> of(Map<String, Object> service) {
        var ingress = child(child(service.get("status"), "loadBalancer"), "ingress");
        if (!(ingress instanceof List<?> entries) || entries.isEmpty()) {
            return Optional.empty();
        }
        var first = entries.getFirst();
        var found = new LoadBalancer(text(child(first, "hostname")), text(child(first, "ip")));
        return Optional.of(found).filter(entry -> entry.hostname.isPresent() || entry.address.isPresent());
    }

    private static @Nullable Object child(@Nullable Object parent, String key) {
        return parent instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(String::valueOf).filter(words -> !words.isEmpty());
    }
}
