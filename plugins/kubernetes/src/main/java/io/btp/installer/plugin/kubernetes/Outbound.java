package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Login;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How pods of a release reach the world: by the connection's proxy, trusting its authorities. For charts that take
 * environment, volumes and objects of their own; the login and the authorities are objects of the release, and go with it.
 *
 * @param connection how the world is reached
 * @param release names the objects
 * @param namespace where they live
 */
record Outbound(Connection connection, String release, String namespace) {
    private static final String URL = "url";
    private static final String BUNDLE = "ca.crt";
    private static final String FOLDER = "/etc/btp-authorities";
    private static final String VOLUME = "btp-authorities";
    /** Pods, Services and the API server are in private networks: reached without a proxy. */
    private static final List<String> DIRECTLY = List.of(
            "localhost",
            "127.0.0.1",
            ".svc",
            ".cluster.local",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "172.16.0.0/12",
            "192.168.0.0/16");

    /** Gives the entries of a container's environment. */
    List<Map<String, Object>> environment() {
        var entries = new ArrayList<Map<String, Object>>();
        connection.proxy().ifPresent(proxy -> {
            entries.add(proxied("HTTP_PROXY", proxy));
            entries.add(proxied("HTTPS_PROXY", proxy));
            entries.add(Map.of("name", "NO_PROXY", "value", String.join(",", directly())));
        });
        if (connection.authority().isPresent()) {
            // Programs in Go read what is in this folder beside the public authorities of their image.
            entries.add(Map.of("name", "SSL_CERT_DIR", "value", FOLDER));
        }
        return entries;
    }

    private Map<String, Object> proxied(String name, URI proxy) {
        return connection.proxyLogin().isPresent()
                ? Map.of("name", name, "valueFrom", Map.of("secretKeyRef", Map.of("name", secretName(), "key", URL)))
                : Map.of("name", name, "value", proxy.toString());
    }

    private List<String> directly() {
        var all = new ArrayList<>(DIRECTLY);
        all.addAll(connection.noProxy());
        return all;
    }

    /** Gives the volumes of the pod. */
    List<Map<String, Object>> volumes() {
        return connection.authority().stream()
                .map(pem -> Map.<String, Object>of("name", VOLUME, "configMap", Map.of("name", bundleName())))
                .toList();
    }

    /** Gives the volumes of the container. */
    List<Map<String, Object>> mounts() {
        return connection.authority().stream()
                .map(pem -> Map.<String, Object>of("name", VOLUME, "mountPath", FOLDER, "readOnly", true))
                .toList();
    }

    /** Gives the objects that environment and volumes refer to, as texts that a chart renders; a login is hidden. */
    List<Object> objects() {
        var objects = new ArrayList<Object>();
        connection
                .proxy()
                .ifPresent(proxy -> connection
                        .proxyLogin()
                        .ifPresent(login -> objects.add(Secret.resolvedBy(() ->
                                manifest("Secret", secretName(), "data", URL, base64(withLogin(proxy, login)))))));
        connection
                .authority()
                .ifPresent(pem -> objects.add(manifest("ConfigMap", bundleName(), "binaryData", BUNDLE, base64(pem))));
        return objects;
    }

    private String secretName() {
        return release + "-proxy";
    }

    private String bundleName() {
        return release + "-authorities";
    }

    private static String withLogin(URI proxy, Login login) {
        return "http://%s:%s@%s"
                .formatted(encoded(login.username()), encoded(login.password().reveal()), proxy.getAuthority());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Base64 needs no quotes in YAML, and means nothing to a chart's templates. */
    private String manifest(String kind, String name, String field, String key, String base64) {
        return """
                apiVersion: v1
                kind: %s
                metadata: {name: %s, namespace: %s}
                %s: {%s: %s}
                """.formatted(kind, name, namespace, field, key, base64);
    }

    /** Gives the values of a chart that calls them {@code extraEnv}, {@code volumes}, {@code volumeMounts}, {@code extraObjects}. */
    Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        if (!environment().isEmpty()) {
            values.put("extraEnv", environment());
        }
        if (!volumes().isEmpty()) {
            values.put("volumes", volumes());
            values.put("volumeMounts", mounts());
        }
        if (!objects().isEmpty()) {
            values.put("extraObjects", objects());
        }
        return values;
    }
}
