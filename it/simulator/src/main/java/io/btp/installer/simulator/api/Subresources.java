package io.btp.installer.simulator.api;

import static io.btp.installer.simulator.api.Nodes.child;
import static io.btp.installer.simulator.api.Nodes.string;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What lies below an object: its status, scale, log, and what is done to it by name. */
final class Subresources {
    private static final String LOGS = "simulator.btp/logs";

    private final Resources resources;

    Subresources(Resources resources) {
        this.resources = resources;
    }

    ObjectNode get(Target target) {
        return switch (kind(target)) {
            case "", "status" -> resources.get(target);
            case "scale" -> scale(resources.get(target));
            default -> throw Refusal.notAllowed();
        };
    }

    Resources.Outcome update(Target target, ObjectNode body, Options options) {
        return switch (kind(target)) {
            case "", "status", "finalize" -> {
                if (target.name().isEmpty()) {
                    throw Refusal.notAllowed();
                }
                yield resources.update(target, body, options);
            }
            case "scale" -> scaled(target, live -> body, options);
            default -> throw Refusal.notAllowed();
        };
    }

    Resources.Outcome patch(Target target, Function<ObjectNode, JsonNode> patch, Options options) {
        return switch (kind(target)) {
            case "", "status" -> resources.patch(target, patch, options);
            case "scale" -> scaled(target, live -> patch.apply(scale(live)), options);
            default -> throw Refusal.notAllowed();
        };
    }

    Resources.Outcome apply(Target target, ObjectNode body, Options options) {
        return switch (kind(target)) {
            case "", "status" -> resources.apply(target, body, options);
            default -> throw Refusal.notAllowed();
        };
    }

    ObjectNode create(Target target, ObjectNode body, Options options) {
        return switch (kind(target)) {
            case "binding" -> bind(target, string(body, "target", "name"), options);
            case "eviction" -> {
                resources.deletion().delete(plain(target), body.path("deleteOptions"), options.dryRun());
                yield success();
            }
            case "token" -> token(plain(target));
            default -> throw Refusal.notAllowed();
        };
    }

    private static String kind(Target target) {
        var kind = target.kind();
        var served = switch (target.subresource()) {
            case "" -> true;
            case "status" -> kind.has(Kind.Trait.STATUS);
            case "scale" -> kind.has(Kind.Trait.SCALE);
            case "binding", "eviction" -> kind.is("", "Pod");
            case "finalize" -> kind.is("", "Namespace");
            case "token" -> kind.is("", "ServiceAccount");
            default -> false;
        };
        if (!served) {
            throw Refusal.unknownPath();
        }
        return target.subresource();
    }

    private static Target plain(Target target) {
        return new Target(target.kind(), target.namespace(), target.name(), "");
    }

    private static ObjectNode scale(ObjectNode object) {
        var scale = Nodes.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        var metadata = scale.putObject("metadata");
        for (var field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            Nodes.assign(metadata, field, object.path("metadata").path(field));
        }
        scale.putObject("spec")
                .put("replicas", object.path("spec").path("replicas").asInt(0));
        var status = scale.putObject("status")
                .put("replicas", object.path("status").path("replicas").asInt(0));
        var labels = object.path("spec").path("selector").path("matchLabels").properties().stream()
                .map(label ->
                        label.getKey() + "=" + label.getValue().asStringOpt().orElse(""))
                .toList();
        status.put("selector", String.join(",", labels));
        return scale;
    }

    private Resources.Outcome scaled(Target target, Function<ObjectNode, JsonNode> wish, Options options) {
        var outcome = resources.patch(
                plain(target),
                live -> {
                    var wanted = wish.apply(live);
                    var version = string(wanted, "metadata", "resourceVersion");
                    if (!version.isEmpty()) {
                        child(live, "metadata").put("resourceVersion", version);
                    }
                    child(live, "spec")
                            .put(
                                    "replicas",
                                    wanted.path("spec").path("replicas").asInt(0));
                    return live;
                },
                options);
        return new Resources.Outcome(scale(outcome.object()), false);
    }

    private ObjectNode bind(Target target, String node, Options options) {
        resources.patch(
                plain(target),
                live -> {
                    if (!string(live, "spec", "nodeName").isEmpty()) {
                        throw Refusal.conflict(
                                target.kind(),
                                target.name(),
                                "pod %s is already assigned to node \"%s\""
                                        .formatted(target.name(), string(live, "spec", "nodeName")));
                    }
                    child(live, "spec").put("nodeName", node);
                    return live;
                },
                options);
        return success();
    }

    // A token that nobody checks: in the sandbox no pod calls the API.
    private ObjectNode token(Target target) {
        resources.get(target);
        var request = Nodes.object().put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
        var expires = resources.now().plus(1, ChronoUnit.HOURS);
        request.putObject("status")
                .put("token", UUID.randomUUID().toString())
                .put("expirationTimestamp", expires.toString());
        return request;
    }

    private static ObjectNode success() {
        return Nodes.object()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Success")
                .put("code", 201);
    }

    static byte[] log(ObjectNode pod, Request request) {
        var name = string(pod, "metadata", "name");
        var containers = Nodes.objects(pod, "spec", "containers").stream()
                .map(each -> string(each, "name"))
                .toList();
        var initial = Nodes.objects(pod, "spec", "initContainers").stream()
                .map(each -> string(each, "name"))
                .toList();
        var container = request.query("container");
        if (container.isEmpty() && containers.size() > 1) {
            throw Refusal.badRequest(
                    "a container name must be specified for pod %s, choose one of: %s".formatted(name, containers));
        }
        var chosen = container.isEmpty() ? containers.getFirst() : container;
        if (!containers.contains(chosen) && !initial.contains(chosen)) {
            throw Refusal.badRequest("container %s is not valid for pod %s".formatted(chosen, name));
        }
        var kept = string(pod, "metadata", "annotations", LOGS);
        var text = kept.isEmpty() || kept.endsWith("\n") ? kept : kept + "\n";
        var lines = Arrays.asList(text.split("(?<=\n)"));
        var tail = request.query("tailLines");
        int shown = tail.matches("\\d{1,9}") ? Math.min(Integer.parseInt(tail), lines.size()) : lines.size();
        var bytes = String.join("", lines.subList(lines.size() - shown, lines.size()))
                .getBytes(StandardCharsets.UTF_8);
        var limit = request.query("limitBytes");
        return limit.matches("\\d{1,9}")
                ? Arrays.copyOf(bytes, Math.min(bytes.length, Integer.parseInt(limit)))
                : bytes;
    }
}
