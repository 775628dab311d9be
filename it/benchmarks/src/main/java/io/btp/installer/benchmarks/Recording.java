package io.btp.installer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The events of an installation that never was, as the program notes them: ten steps a second, some at the same time. */
final class Recording {
    static final int STEPS = 200;
    private static final int STEPS_EACH = 10;
    private static final int EVERY_MILLIS = 100;
    private static final int TAKES_MILLIS = 500;

    /** Of so many steps one waits, and says so. */
    private static final int WAITING = 5;

    private final Instant began = Instant.parse("2026-01-01T00:00:00Z");
    private final List<Noted> events = new ArrayList<>();

    private record Noted(int millis, String type, String content) {}

    private Recording() {
        note(0, "started", """
                "run":"run-1","command":"install","installation":"demo","version":"1","sandbox":false""");
        IntStream.range(0, STEPS / STEPS_EACH).forEach(this::component);
        note(STEPS * EVERY_MILLIS + TAKES_MILLIS, "result", """
                "exitCode":0,"outcome":"Installed","problems":[],"next":[]""");
    }

    /** Writes them into a file. */
    static Path write(Path file) throws IOException {
        return Files.write(file, new Recording().lines());
    }

    private void component(int number) {
        var name = "\"component\":\"component.c" + number + "\"";
        var steps = IntStream.range(number * STEPS_EACH, (number + 1) * STEPS_EACH)
                .mapToObj(step -> """
                        {"kind":"CREATE","target":"%s","changes":[],"impact":"NONE","after":[]}""".formatted(target(step)))
                .collect(Collectors.joining(","));
        note(0, "planned", name + """
                ,"title":"Component %d","provider":"bench.one","steps":[%s]""".formatted(number, steps));
        IntStream.range(number * STEPS_EACH, (number + 1) * STEPS_EACH).forEach(step -> step(name, step));
        note(((number + 1) * STEPS_EACH - 1) * EVERY_MILLIS + TAKES_MILLIS, "component-converged", name);
    }

    private void step(String component, int number) {
        var step = component + ",\"kind\":\"CREATE\",\"target\":\"" + target(number) + "\"";
        int begins = number * EVERY_MILLIS;
        note(begins, "step-started", step);
        if (number % WAITING == 0) {
            note(begins + TAKES_MILLIS / 2, "step-progressed", step + """
                    ,"message":"Deployment part-%03d: %d of 3 replicas are ready\"""".formatted(number, number % 3));
        }
        note(begins + TAKES_MILLIS, "step-finished", step + ",\"took\":\"PT0.5S\"");
    }

    private static String target(int step) {
        return "deployment/part-%03d".formatted(step);
    }

    private void note(int millis, String type, String content) {
        events.add(new Noted(millis, type, content));
    }

    private List<String> lines() {
        return events.stream()
                .sorted(Comparator.comparingInt(Noted::millis))
                .map(event -> """
                        {"v":1,"type":"%s","at":"%s",%s}""".formatted(event.type(), began.plusMillis(event.millis()), event.content()))
                .toList();
    }
}
