package io.btp.installer.simulator.nodes;

import static io.btp.installer.simulator.client.Happening.normal;
import static io.btp.installer.simulator.client.Happening.warning;

import io.btp.installer.simulator.client.Happening;
import io.btp.installer.simulator.client.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The life of a pod in its mode, stage by stage, in the words of the kubelet (Kubernetes 1.35, pkg/kubelet/events and
 * pkg/kubelet/images).
 */
final class Story {
    private static final String KUBELET = "kubelet";
    private static final int RESTARTS = 5;

    private final Duration pace;
    private final String time;
    private final String image;
    private final String container;
    private final String pod;
    private final String pullSecret;

    /** Tells of a pod that began at {@code time}; {@code pace} lies between its stages. */
    Story(JsonNode pod, Duration pace, String time) {
        var first = pod.path("spec").path("containers").path(0);
        this.pace = pace;
        this.time = time;
        this.image = Json.text(first, "image");
        this.container = Json.text(first, "name");
        this.pod = Json.text(pod, "metadata", "name") + "_" + Json.text(pod, "metadata", "namespace");
        this.pullSecret = Json.text(pod.path("spec").path("imagePullSecrets").path(0), "name");
    }

    List<Stage> stages(Mode mode) {
        return switch (mode) {
            case Mode.Run() -> List.of(started(), ready(pace.multipliedBy(2)));
            case Mode.Slow(var duration) -> List.of(started(), ready(pace.plus(duration)));
            case Mode.Complete() -> List.of(started(), ended("Succeeded", 0, "Completed"));
            case Mode.Fail(var code) -> List.of(started(), ended("Failed", code, "Error"));
            case Mode.NeverReady() -> List.of(started(), unhealthy());
            case Mode.ImagePullBackOff() -> pullRefused("not found", List.of());
            case Mode.PullSecretMissing() ->
                pullRefused(
                        "pull access denied, repository does not exist or may require authorization",
                        List.of(noPullSecret()));
            case Mode.CrashLoop() -> crashes();
            case Mode.Pending() -> List.of(unschedulable());
            case Mode.Unknown(var text) ->
                List.of(waits(
                        "ContainerCreating", warning(KUBELET, "UnknownMode", "The simulator knows no mode " + text)));
        };
    }

    /** What a pod shows before anything else has happened to it. */
    Stage waits(String reason, Happening... why) {
        return Stage.of(Duration.ZERO, "Pending", waiting(reason, ""), false, why);
    }

    private Stage started() {
        return Stage.of(
                pace,
                "Running",
                running(),
                false,
                normal(KUBELET, "Pulled", "Container image \"%s\" already present on machine".formatted(image)),
                normal(KUBELET, "Created", "Container created"),
                normal(KUBELET, "Started", "Container started"));
    }

    private Stage ready(Duration at) {
        return Stage.of(at, "Running", running(), true);
    }

    private Stage ended(String phase, int code, String reason) {
        return Stage.of(pace.multipliedBy(2), phase, terminated(code, reason), false);
    }

    private Stage unhealthy() {
        return Stage.of(
                pace.multipliedBy(2),
                "Running",
                running(),
                false,
                warning(KUBELET, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503"));
    }

    private Happening noPullSecret() {
        return warning(
                KUBELET,
                "FailedToRetrieveImagePullSecret",
                "Unable to retrieve some image pull secrets (%s); attempting to pull the image may not succeed."
                        .formatted(pullSecret));
    }

    private List<Stage> pullRefused(String why, List<Happening> before) {
        var said = ("failed to pull and unpack image \"%s\": failed to resolve reference \"%s\": %s")
                .formatted(image, image, why);
        var first = new ArrayList<>(before);
        first.add(normal(KUBELET, "Pulling", "Pulling image \"%s\"".formatted(image)));
        first.add(warning(
                KUBELET,
                "Failed",
                "Failed to pull image \"%s\": rpc error: code = NotFound desc = %s".formatted(image, said)));
        first.add(warning(KUBELET, "Failed", "Error: ErrImagePull"));
        var backOff = "Back-off pulling image \"%s\": ErrImagePull: %s".formatted(image, said);
        return List.of(
                Stage.of(pace, "Pending", waiting("ErrImagePull", said), false, first.toArray(Happening[]::new)),
                Stage.of(
                        pace.multipliedBy(2),
                        "Pending",
                        waiting("ImagePullBackOff", backOff),
                        false,
                        normal(KUBELET, "BackOff", "Back-off pulling image \"%s\"".formatted(image)),
                        warning(KUBELET, "Failed", "Error: ImagePullBackOff")));
    }

    private List<Stage> crashes() {
        var stages = new ArrayList<Stage>();
        stages.add(started());
        for (var restarts = 1; restarts <= RESTARTS; restarts++) {
            var words = "back-off %ds restarting failed container=%s pod=%s"
                    .formatted(10 << (restarts - 1), container, pod);
            stages.add(Stage.of(
                            pace.multipliedBy(2).plusSeconds(2L * (restarts - 1)),
                            "Running",
                            waiting("CrashLoopBackOff", words),
                            false,
                            warning(
                                    KUBELET,
                                    "BackOff",
                                    "Back-off restarting failed container %s in pod %s".formatted(container, pod)))
                    .restarted(restarts, terminated(1, "Error")));
        }
        return stages;
    }

    private Stage unschedulable() {
        return waits("", warning("default-scheduler", "FailedScheduling", Scheduler.NO_ROOM))
                .unscheduled();
    }

    private ObjectNode running() {
        return Json.object("running", Json.object("startedAt", time));
    }

    private ObjectNode terminated(int code, String reason) {
        return Json.object(
                "terminated", Json.object("exitCode", code, "reason", reason, "startedAt", time, "finishedAt", time));
    }

    private static ObjectNode waiting(String reason, String message) {
        var state = Json.object("reason", reason);
        if (!message.isEmpty()) {
            state.put("message", message);
        }
        return Json.object("waiting", state);
    }
}
