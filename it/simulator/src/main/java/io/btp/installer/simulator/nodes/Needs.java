package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Happening;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds what a pod refers to and cannot start without: Secrets and ConfigMaps as volumes and in its environment. */
final class Needs {
    /** How long to wait before looking again. */
    static final Duration PAUSE = Duration.ofMillis(500);

    private final Store secrets;
    private final Store configMaps;

    /** What is missing: the reason that the container waits, and what the kubelet says. */
    record Missing(String reason, Happening happening) {}

    Needs(Cluster cluster) throws InterruptedException {
        this.secrets = cluster.store(Kind.SECRET);
        this.configMaps = cluster.store(Kind.CONFIG_MAP);
    }

    Optional<Missing> missing(JsonNode pod) {
        return Stream.concat(volumes(pod), environment(pod)).findFirst();
    }

    private Stream<Missing> volumes(JsonNode pod) {
        return Json.items(pod, "spec", "volumes")
                .flatMap(volume -> Stream.concat(
                                absent(secrets, "secret", pod, volume.path("secret"), "secretName"),
                                absent(configMaps, "configmap", pod, volume.path("configMap"), "name"))
                        .map(what -> new Missing(
                                "ContainerCreating",
                                Happening.warning(
                                        "kubelet",
                                        "FailedMount",
                                        "MountVolume.SetUp failed for volume \"%s\" : %s"
                                                .formatted(Json.text(volume, "name"), what)))));
    }

    private Stream<Missing> environment(JsonNode pod) {
        return Stream.of("initContainers", "containers")
                .flatMap(field -> Json.items(pod, "spec", field))
                .flatMap(container -> Stream.concat(
                        Json.items(container, "envFrom")
                                .flatMap(from -> Stream.concat(
                                        absent(secrets, "secret", pod, from.path("secretRef"), "name"),
                                        absent(configMaps, "configmap", pod, from.path("configMapRef"), "name"))),
                        Json.items(container, "env")
                                .flatMap(variable -> Stream.concat(
                                        value(
                                                secrets,
                                                "secret",
                                                pod,
                                                variable.path("valueFrom").path("secretKeyRef")),
                                        value(
                                                configMaps,
                                                "configmap",
                                                pod,
                                                variable.path("valueFrom").path("configMapKeyRef"))))))
                .map(what -> new Missing(
                        "CreateContainerConfigError", Happening.warning("kubelet", "Failed", "Error: " + what)));
    }

    private static Stream<String> absent(Store store, String kind, JsonNode pod, JsonNode source, String field) {
        var name = Json.text(source, field);
        if (name.isEmpty()
                || source.path("optional").asBoolean(false)
                || store.find(new Key(Meta.namespace(pod), name)).isPresent()) {
            return Stream.empty();
        }
        return Stream.of("%s \"%s\" not found".formatted(kind, name));
    }

    private static Stream<String> value(Store store, String kind, JsonNode pod, JsonNode source) {
        var name = Json.text(source, "name");
        var key = Json.text(source, "key");
        if (name.isEmpty() || source.path("optional").asBoolean(false)) {
            return Stream.empty();
        }
        var found = store.find(new Key(Meta.namespace(pod), name));
        if (found.isEmpty()) {
            return Stream.of("%s \"%s\" not found".formatted(kind, name));
        }
        return found.get().path("data").has(key)
                        || found.get().path("binaryData").has(key)
                ? Stream.empty()
                : Stream.of("couldn't find key %s in %s %s/%s".formatted(key, kind, Meta.namespace(pod), name));
    }
}
