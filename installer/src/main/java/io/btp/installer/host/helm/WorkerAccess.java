package io.btp.installer.host.helm;

import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.Fields;
import io.btp.installer.host.reach.Reach;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the kubeconfig that a worker gets: proxy and authorities stand in it, as a worker's environment is empty. */
final class WorkerAccess {
    private WorkerAccess() {}

    /** Gives a cluster's kubeconfig with the connection's proxy and authorities in it. */
    static String kubeconfig(Secret access, Connection connection) {
        var kubeconfig = Yaml.object(access.reveal()).orElseGet(Map::of);
        var clusters = Fields.maps(kubeconfig, "clusters").stream()
                .map(entry -> Fields.with(entry, "cluster", connected(Fields.map(entry, "cluster"), connection)))
                .toList();
        return ReleaseCodec.json(Fields.with(kubeconfig, "clusters", clusters));
    }

    private static Map<String, Object> connected(Map<String, Object> cluster, Connection connection) {
        var connected = new LinkedHashMap<>(cluster);
        var reach = Reach.of(connection);
        Fields.text(cluster, "server")
                .flatMap(server -> reach.proxyFor(URI.create(server)))
                .ifPresent(proxy -> connected.putIfAbsent("proxy-url", proxy.addressWithLogin()));
        // Go's client refuses authorities beside the wish not to verify.
        if (connection.authority().isPresent() && !Fields.flag(cluster, "insecure-skip-tls-verify")) {
            connected.put(
                    "certificate-authority-data",
                    base64(authorities(cluster, reach, connection.authority().get())));
        }
        return connected;
    }

    /** Go's client trusts these alone: a cluster without authorities of its own has a public certificate. */
    private static String authorities(Map<String, Object> cluster, Reach reach, String more) {
        return Fields.text(cluster, "certificate-authority-data")
                .map(base64 -> new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8) + "\n" + more)
                .orElseGet(() -> reach.authorities().pem());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a kubeconfig of a server on this machine. */
    static String loopback(URI server) {
        return ReleaseCodec.json(Map.of(
                "apiVersion", "v1",
                "kind", "Config",
                "current-context", "facade",
                "clusters", List.of(Map.of("name", "facade", "cluster", Map.of("server", server.toString()))),
                "contexts", List.of(Map.of("name", "facade", "context", Map.of("cluster", "facade")))));
    }
}
