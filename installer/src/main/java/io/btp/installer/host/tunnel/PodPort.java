package io.btp.installer.host.tunnel;

import io.btp.installer.host.kubernetes.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pod and its port that stand behind a port of a Service.
 *
 * @param pod name of a ready pod
 * @param port where it listens
 */
record PodPort(String pod, int port) {
    /** Chooses a ready pod of the Service; empty where there is none. */
    static Optional<PodPort> behind(
            Map<String, Object> service, int port, Optional<String> wanted, List<Map<String, Object>> pods) {
        return pods.stream()
                .filter(PodPort::isReady)
                .filter(pod -> wanted.isEmpty() || wanted.equals(Fields.text(pod, "metadata", "name")))
                .flatMap(pod -> Fields.text(pod, "metadata", "name")
                        .flatMap(name -> target(service, port, pod).map(target -> new PodPort(name, target)))
                        .stream())
                .findFirst();
    }

    /** Tells whether the Service has this port. */
    static boolean isServed(Map<String, Object> service, int port) {
        return entry(service, port).isPresent();
    }

    private static Optional<Map<String, Object>> entry(Map<String, Object> service, int port) {
        return Fields.maps(service, "spec", "ports").stream()
                .filter(each -> Fields.number(each, "port")
                        .filter(number -> number == port)
                        .isPresent())
                .findFirst();
    }

    private static Optional<Integer> target(Map<String, Object> service, int port, Map<String, Object> pod) {
        return entry(service, port).flatMap(entry -> {
            var target = Fields.text(entry, "targetPort").orElse(String.valueOf(port));
            return target.matches("\\d{1,5}") ? Optional.of(Integer.valueOf(target)) : named(target, pod);
        });
    }

    private static Optional<Integer> named(String name, Map<String, Object> pod) {
        return Fields.maps(pod, "spec", "containers").stream()
                .flatMap(container -> Fields.maps(container, "ports").stream())
                .filter(each -> Fields.text(each, "name").filter(name::equals).isPresent())
                .flatMap(each -> Fields.number(each, "containerPort").stream())
                .map(Long::intValue)
                .findFirst();
    }

    private static boolean isReady(Map<String, Object> pod) {
        return Fields.text(pod, "metadata", "deletionTimestamp").isEmpty()
                && Fields.maps(pod, "status", "conditions").stream()
                        .anyMatch(condition -> Fields.text(condition, "type")
                                        .orElse("")
                                        .equals("Ready")
                                && Fields.text(condition, "status").orElse("").equals("True"));
    }
}
