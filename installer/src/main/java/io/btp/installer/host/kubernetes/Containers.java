package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what keeps a pod's containers from being ready. */
final class Containers {
    private static final int LOG_LINES = 20;

    private final Reader reader;

    Containers(Reader reader) {
        this.reader = reader;
    }

    /** Gives what is wrong with the first container that has something wrong. */
    Optional<Problem> worst(ObjectRef pod, Map<String, Object> object) throws InterruptedException {
        var statuses = new ArrayList<>(Fields.maps(object, "status", "initContainerStatuses"));
        statuses.addAll(Fields.maps(object, "status", "containerStatuses"));
        Optional<Problem> unready = Optional.empty();
        for (var status : statuses) {
            var problem = stopped(pod, status);
            if (problem.isPresent()) {
                return problem;
            }
            if (unready.isEmpty()) {
                unready = neverReady(pod, status);
            }
        }
        return unready;
    }

    private Optional<Problem> stopped(ObjectRef pod, Map<String, Object> status) throws InterruptedException {
        var reason = Fields.text(status, "state", "waiting", "reason").orElse("");
        return switch (reason) {
            case "ErrImagePull",
                    "ImagePullBackOff",
                    "InvalidImageName",
                    "ErrImageNeverPull",
                    "ImageInspectError",
                    "RegistryUnavailable",
                    "SignatureValidationFailed" -> Optional.of(image(pod, status, reason));
            case "CrashLoopBackOff" -> Optional.of(crash(pod, status, true));
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                Optional.of(cannotStart(pod, status, reason));
            case "", "ContainerCreating", "PodInitializing" -> ended(pod, status);
            default -> Optional.of(cannotStart(pod, status, reason));
        };
    }

    private Problem image(ObjectRef pod, Map<String, Object> status, String reason) throws InterruptedException {
        var evidence = new ArrayList<String>();
        evidence.add(reason + ": "
                + Fields.text(status, "state", "waiting", "message").orElse(""));
        Causes.warnings(reader, pod).stream()
                .filter(line -> !line.contains("BackOff"))
                .forEach(evidence::add);
        var words = String.join(" ", evidence);
        var summary = "The image %s of %s cannot be pulled"
                .formatted(Fields.text(status, "image").orElse(""), container(status));
        return pullProblem(summary, words).evidence(evidence);
    }

    private static Problem pullProblem(String summary, String words) {
        if (words.contains("unauthorized") || words.contains("denied") || words.contains("401")) {
            return Problem.of(
                    Reason.UNAUTHENTICATED,
                    summary,
                    words.contains("FailedToRetrieveImagePullSecret")
                            ? "Make the pull secret that the event names: the registry asks for a login"
                            : "Check the pull secret: the registry does not let the cluster in");
        }
        if (words.contains("not found") || words.contains("manifest unknown") || words.contains("InvalidImageName")) {
            return Problem.of(Reason.INVALID, summary, "Check the image's name and tag in the values");
        }
        return Causes.waiting(
                summary,
                "Check the image's name and tag, the pull secret, and that nodes reach the registry or its mirror");
    }

    private Problem crash(ObjectRef pod, Map<String, Object> status, boolean previous) throws InterruptedException {
        var last = Fields.map(status, "lastState", "terminated");
        var terminated = last.isEmpty() ? Fields.map(status, "state", "terminated") : last;
        var how = Fields.text(terminated, "exitCode")
                .map(code -> "exit code " + code)
                .orElse("an error");
        var outOfMemory = Fields.text(terminated, "reason").orElse("").equals("OOMKilled");
        // How often it was restarted is evidence: told in the summary, each restart would pass for progress.
        var evidence = new ArrayList<String>();
        Fields.number(status, "restartCount")
                .filter(count -> count > 0)
                .ifPresent(count -> evidence.add("Restarted " + count + " times"));
        evidence.addAll(log(pod, status, previous));
        return Causes.waiting(
                        "%s ends with %s%s"
                                .formatted(
                                        container(status),
                                        how,
                                        outOfMemory ? " as it took more memory than its limit" : ""),
                        outOfMemory ? "Raise its memory limit in the values" : "Mend what its last log lines name")
                .evidence(evidence);
    }

    private Problem cannotStart(ObjectRef pod, Map<String, Object> status, String reason) throws InterruptedException {
        var message = Fields.text(status, "state", "waiting", "message").orElse(reason);
        var missing = message.contains("not found");
        return Problem.of(
                        missing ? Reason.NOT_FOUND : Reason.NOT_READY,
                        "%s cannot be started: %s".formatted(container(status), message),
                        missing ? "Make the Secret or ConfigMap that it names" : "Mend what the message names")
                .evidence(Causes.warnings(reader, pod));
    }

    private Optional<Problem> ended(ObjectRef pod, Map<String, Object> status) throws InterruptedException {
        var exitCode = Fields.number(status, "state", "terminated", "exitCode").orElse(0L);
        return exitCode == 0 ? Optional.empty() : Optional.of(crash(pod, status, false));
    }

    private Optional<Problem> neverReady(ObjectRef pod, Map<String, Object> status) throws InterruptedException {
        var running = !Fields.map(status, "state", "running").isEmpty();
        if (!running || Fields.flag(status, "ready")) {
            return Optional.empty();
        }
        var evidence = new ArrayList<>(Causes.warnings(reader, pod));
        evidence.addAll(log(pod, status, false));
        return Optional.of(Causes.waiting(
                        container(status) + " runs and does not answer its readiness probe",
                        "See its last log lines: what it waits for, or why the probe fails")
                .evidence(evidence));
    }

    private List<String> log(ObjectRef pod, Map<String, Object> status, boolean previous) throws InterruptedException {
        var name = Fields.text(status, "name").orElse("");
        var namespace = pod.namespace().orElse("");
        var lines = reader.log(namespace, pod.name(), name, previous, LOG_LINES);
        var shown = lines.isEmpty() && previous ? reader.log(namespace, pod.name(), name, false, LOG_LINES) : lines;
        return shown.stream().map(line -> "Log: " + line).toList();
    }

    private static String container(Map<String, Object> status) {
        return "Container " + Fields.text(status, "name").orElse("");
    }
}
