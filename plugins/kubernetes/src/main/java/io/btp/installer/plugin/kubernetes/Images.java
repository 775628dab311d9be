package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Installation;
import io.btp.installer.api.Login;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the pods of an installation get their images: upstream, or from the connection's registry mirror.
 *
 * <p>A component asks {@link #of} for each image and {@link #registry} for each registry that its chart's values name, puts
 * {@link #pullSecrets} where the chart takes {@code imagePullSecrets}, and, where its pods live in a namespace that is none
 * of the installation's, makes {@link #manifests} there.
 *
 * @param installation whose pods
 */
record Images(Installation installation) {
    /** Gives the reference to pull by, in place of the upstream one. */
    String of(String upstream) {
        return installation.connection().image(upstream);
    }

    /** Gives the mirror as a registry with path, for charts that put one before every image; empty for upstream's own. */
    Optional<String> registry() {
        return installation.connection().registryMirror();
    }

    /** Gives the registry that a chart is to put before an upstream path. */
    String registry(String upstream) {
        return registry().orElse(upstream);
    }

    /** Gives what stands in {@code imagePullSecrets}; nothing where nobody has to log in. */
    List<Map<String, Object>> pullSecrets() {
        return pullSecretNames().stream()
                .map(name -> Map.<String, Object>of("name", name))
                .toList();
    }

    /** Gives the same for charts that take names alone. */
    List<String> pullSecretNames() {
        return installation.pullSecret().stream().toList();
    }

    /** Gives {@link #pullSecrets} under the key that most charts take; nothing where nobody has to log in. */
    Map<String, Object> pullSecretValues() {
        return pullSecrets().isEmpty() ? Map.of() : Map.of("imagePullSecrets", pullSecrets());
    }

    /** Refers to the Secret of {@link #manifests}, whether it is wanted or not: for removal. */
    ObjectRef pullSecretRef(String namespace) {
        return ObjectRef.of("v1", "Secret", namespace, installation.nameOf("registry-mirror"));
    }

    /** Gives what has to be in a namespace for its pods to pull: the Secret of {@link #pullSecrets}, or nothing. */
    List<Map<String, Object>> manifests(String namespace) {
        var connection = installation.connection();
        if (connection.registryMirror().isEmpty() || connection.mirrorLogin().isEmpty()) {
            return List.of();
        }
        var ref = pullSecretRef(namespace);
        return List.of(pullSecret(
                ref,
                host(connection.registryMirror().get()),
                connection.mirrorLogin().get()));
    }

    private static String host(String mirror) {
        int slash = mirror.indexOf('/');
        return slash < 0 ? mirror : mirror.substring(0, slash);
    }

    private static Map<String, Object> pullSecret(ObjectRef ref, String host, Login login) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata",
                        Map.of("name", ref.name(), "namespace", ref.namespace().orElseThrow()),
                "type", "kubernetes.io/dockerconfigjson",
                "stringData", Map.of(".dockerconfigjson", Secret.resolvedBy(() -> docker(host, login))));
    }

    private static String docker(String host, Login login) {
        var pair = login.username() + ":" + login.password().reveal();
        var auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        // A registry's host and Base64 need no escaping in JSON.
        return "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(host, auth);
    }
}
