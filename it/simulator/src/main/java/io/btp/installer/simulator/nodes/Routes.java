package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Knows which Service stands behind a host and a path at an address, whether it is ready, and with which certificate. */
final class Routes {
    private static final Logger LOG = System.getLogger(Routes.class.getName());

    private final Store ingresses;
    private final Store slices;
    private final Store secrets;

    /** The Service behind a request. */
    record Backend(Key service, boolean isReady) {}

    private record Rule(String host, JsonNode path) {
        String prefix() {
            return Json.text(path, "path");
        }
    }

    Routes(Cluster cluster) throws InterruptedException {
        this.ingresses = cluster.store(Kind.INGRESS);
        this.slices = cluster.store(Kind.ENDPOINT_SLICE);
        this.secrets = cluster.store(Kind.SECRET);
    }

    /** Calls when the set of addresses may have changed. */
    void onChange(Runnable listener) {
        ingresses.onChange(_ -> listener.run());
    }

    /** Gives the addresses at which somebody has to answer. */
    Set<String> addresses() {
        return ingresses
                .all()
                .flatMap(ingress -> Balancer.address(ingress).stream())
                .collect(Collectors.toSet());
    }

    /** Finds the backend as ingress controllers do: the exact host before a wildcard, the longest path first. */
    Optional<Backend> backend(String address, String host, String path) {
        return at(address)
                .flatMap(ingress -> rules(ingress)
                        .filter(rule -> isHost(rule.host(), host) && isPath(rule.path(), path))
                        .map(rule -> java.util.Map.entry(rule, ingress)))
                .max(Comparator.comparing((java.util.Map.Entry<Rule, ObjectNode> found) ->
                                found.getKey().host().length())
                        .thenComparing(found -> found.getKey().prefix().length()))
                .map(found -> backend(found.getValue(), found.getKey().path().path("backend")))
                .or(() -> at(address)
                        .filter(ingress -> ingress.path("spec").has("defaultBackend"))
                        .findFirst()
                        .map(ingress -> backend(ingress, ingress.path("spec").path("defaultBackend"))));
    }

    private Stream<ObjectNode> at(String address) {
        return ingresses
                .all()
                .filter(ingress ->
                        Balancer.address(ingress).filter(address::equals).isPresent());
    }

    private static Stream<Rule> rules(ObjectNode ingress) {
        return Json.items(ingress, "spec", "rules")
                .flatMap(rule ->
                        Json.items(rule, "http", "paths").map(path -> new Rule(Json.text(rule, "host"), path)));
    }

    static boolean isHost(String pattern, String host) {
        if (pattern.startsWith("*.")) {
            var dot = host.indexOf('.');
            return dot > 0 && host.substring(dot).equalsIgnoreCase(pattern.substring(1));
        }
        return pattern.isEmpty() || pattern.equalsIgnoreCase(host);
    }

    private static boolean isPath(JsonNode rule, String path) {
        var wanted = Json.text(rule, "path");
        if (Json.text(rule, "pathType").equals("Exact")) {
            return wanted.equals(path);
        }
        var prefix = wanted.replaceAll("/+$", "");
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    private Backend backend(ObjectNode ingress, JsonNode backend) {
        var service = new Key(Meta.namespace(ingress), Json.text(backend, "service", "name"));
        return new Backend(service, isReady(service));
    }

    boolean isReady(Key service) {
        return slices.in(service.namespace())
                .filter(slice -> Meta.label(slice, "kubernetes.io/service-name").equals(service.name()))
                .flatMap(slice -> Json.items(slice, "endpoints"))
                .anyMatch(endpoint -> endpoint.path("conditions").path("ready").asBoolean(false));
    }

    /** Finds the certificate for a host at an address, as the Ingresses name it. */
    Optional<Identity> identity(String address, String host) {
        return at(address)
                .flatMap(ingress -> Json.items(ingress, "spec", "tls")
                        .filter(tls -> Json.items(tls, "hosts").anyMatch(pattern -> isHost(pattern.asString(""), host)))
                        .map(tls -> new Key(Meta.namespace(ingress), Json.text(tls, "secretName"))))
                .flatMap(secret -> secrets.find(secret).stream())
                .flatMap(secret -> identity(secret).stream())
                .findFirst();
    }

    private static Optional<Identity> identity(ObjectNode secret) {
        try {
            return Optional.of(Identity.of(decoded(secret, "tls.crt"), decoded(secret, "tls.key")));
        } catch (GeneralSecurityException e) {
            // the message of a parser may hold a piece of the key: only its class is told
            LOG.log(
                    Level.WARNING,
                    "Secret {0} holds no usable certificate and key: {1}",
                    Meta.key(secret),
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static String decoded(ObjectNode secret, String name) {
        return new String(Base64.getMimeDecoder().decode(Json.text(secret, "data", name)), StandardCharsets.US_ASCII);
    }
}
