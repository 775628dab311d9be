package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Meta;
import io.btp.installer.simulator.client.Store;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Knows the mode of every object: by its annotation, else by the first rule that meets it. */
final class Modes {
    private static final Key RULES = new Key("kube-system", "simulator-rules");
    private static final String ANNOTATION = "simulator.btp/mode";

    private final Store configMaps;

    Modes(Cluster cluster) throws InterruptedException {
        this.configMaps = cluster.store(Kind.CONFIG_MAP);
    }

    /** Calls when the rules change. */
    void onChange(Runnable listener) {
        configMaps.onChange(object -> {
            if (Meta.key(object).equals(RULES)) {
                listener.run();
            }
        });
    }

    /** Gives the mode of a pod as text. */
    String of(JsonNode pod) {
        return given(pod).orElse(isTask(pod) ? "complete" : "run");
    }

    /** What opens ports serves until it is removed, however it is to be restarted. */
    private static boolean isTask(JsonNode pod) {
        return Json.text(pod, "spec", "restartPolicy").matches("Never|OnFailure")
                && Json.items(pod, "spec", "containers")
                        .noneMatch(container -> container.path("ports").size() > 0);
    }

    /** Says whether a Service or an Ingress is to stay without an address. */
    boolean isPending(JsonNode object) {
        return given(object).filter("pending"::equals).isPresent();
    }

    private Optional<String> given(JsonNode object) {
        var annotation = Meta.annotation(object, ANNOTATION);
        return annotation.isEmpty() ? rule(object) : Optional.of(annotation);
    }

    private Optional<String> rule(JsonNode object) {
        var name = Meta.key(object).toString();
        var images = images(object);
        return rules().filter(rule -> matches(rule.getFirst(), name)
                        && images.stream().anyMatch(image -> matches(rule.get(1), image)))
                .map(List::getLast)
                .findFirst();
    }

    private Stream<List<String>> rules() {
        var text = configMaps
                .find(RULES)
                .map(map -> Json.text(map, "data", "rules"))
                .orElse("");
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\\s+")))
                .filter(words -> words.size() == 3);
    }

    private static List<String> images(JsonNode object) {
        var images = Json.items(object, "spec", "containers")
                .map(container -> Json.text(container, "image"))
                .toList();
        return images.isEmpty() ? List.of("") : images;
    }

    /** A star stands for any text, slashes too. */
    private static boolean matches(String glob, String text) {
        var pattern = Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return text.matches(pattern);
    }
}
