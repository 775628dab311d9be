package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Meta;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a pod's status as a kubelet would at a stage of its life. */
final class PodStatus {
    private final ObjectNode pod;
    private final String time;

    PodStatus(ObjectNode pod, String time) {
        this.pod = pod;
        this.time = time;
    }

    ObjectNode at(Stage stage) {
        var status =
                Json.object("phase", stage.phase(), "observedGeneration", Meta.generation(pod), "qosClass", qosClass());
        status.set("conditions", conditions(stage));
        if (!stage.isScheduled()) {
            return status;
        }
        var began = Json.text(pod, "status", "startTime");
        status.put("startTime", began.isEmpty() ? time : began).put("hostIP", "127.0.0.1");
        status.set("hostIPs", Json.array(Json.object("ip", "127.0.0.1")));
        if (!stage.phase().equals("Pending")) {
            status.put("podIP", address());
            status.set("podIPs", Json.array(Json.object("ip", address())));
        }
        status.set("containerStatuses", containers(stage));
        var first = initContainers(stage);
        if (!first.isEmpty()) {
            status.set("initContainerStatuses", first);
        }
        return status;
    }

    private String qosClass() {
        var known = Json.text(pod, "status", "qosClass");
        return known.isEmpty() ? "Burstable" : known;
    }

    private String address() {
        var known = Json.text(pod, "status", "podIP");
        var hash = Meta.uid(pod).hashCode();
        return known.isEmpty() ? "10.244.%d.%d".formatted(hash >> 8 & 0xff, hash & 0xff | 1) : known;
    }

    private ArrayNode conditions(Stage stage) {
        if (!stage.isScheduled()) {
            return Json.array(condition("PodScheduled", false, "Unschedulable", Scheduler.NO_ROOM));
        }
        var names = Json.items(pod, "spec", "containers")
                .map(container -> Json.text(container, "name"))
                .toList();
        var isDone = stage.phase().equals("Succeeded");
        var reason = isDone ? "PodCompleted" : "ContainersNotReady";
        var words = isDone ? "" : "containers with unready status: " + names;
        return Json.array(
                condition("PodScheduled", true, "", ""),
                condition("PodReadyToStartContainers", stage.phase().equals("Running"), "", ""),
                condition(
                        "Initialized",
                        !stage.phase().equals("Pending")
                                || initContainers(stage).isEmpty(),
                        "ContainersNotInitialized",
                        ""),
                condition("ContainersReady", stage.isReady(), reason, words),
                condition("Ready", stage.isReady(), reason, words));
    }

    private ObjectNode condition(String type, boolean isTrue, String reason, String message) {
        var status = isTrue ? "True" : "False";
        var since = Meta.condition(pod, type)
                .filter(before -> Json.text(before, "status").equals(status))
                .map(before -> Json.text(before, "lastTransitionTime"))
                .orElse(time);
        var condition = Json.object(
                "type",
                type,
                "status",
                status,
                "lastTransitionTime",
                since,
                "observedGeneration",
                Meta.generation(pod));
        if (!isTrue && !reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!isTrue && !message.isEmpty()) {
            condition.put("message", message);
        }
        return condition;
    }

    private ArrayNode containers(Stage stage) {
        return statuses("containers", container -> {
            var status = status(container, stage.state(), stage.isReady()).put("restartCount", stage.restarts());
            stage.last().ifPresent(last -> status.set("lastState", last));
            return status.put("started", stage.state().has("running"));
        });
    }

    private ArrayNode initContainers(Stage stage) {
        var isWaiting = stage.phase().equals("Pending");
        return statuses("initContainers", container -> {
            if (isWaiting) {
                return status(container, Json.object("waiting", Json.object("reason", "PodInitializing")), false);
            }
            if (Json.text(container, "restartPolicy").equals("Always")) {
                return status(container, stage.state(), stage.isReady())
                        .put("started", stage.state().has("running"));
            }
            var ended = Json.object("exitCode", 0, "reason", "Completed", "startedAt", time, "finishedAt", time);
            return status(container, Json.object("terminated", ended), true).put("started", false);
        });
    }

    private ArrayNode statuses(String field, java.util.function.Function<JsonNode, ObjectNode> status) {
        List<ObjectNode> statuses = Json.items(pod, "spec", field).map(status).toList();
        return (ArrayNode) Json.node(statuses);
    }

    private static ObjectNode status(JsonNode container, ObjectNode state, boolean isReady) {
        var image = Json.text(container, "image");
        var status = Json.object(
                "name",
                Json.text(container, "name"),
                "image",
                image,
                "imageID",
                state.has("waiting") ? "" : "simulated://" + image,
                "ready",
                isReady,
                "restartCount",
                0,
                "state",
                state,
                "lastState",
                Json.object());
        if (!state.has("waiting")) {
            status.put("containerID", "simulated://" + Integer.toHexString(image.hashCode()));
        }
        return status;
    }
}
