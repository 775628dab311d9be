package io.btp.installer.it.proof;

import io.btp.installer.it.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What a run said of why it failed, by component. Read from its events. */
final class Diagnosis {
    private static final String BARE = "(?is).*(timed out|time-?out|deadline exceeded)\\W*";

    private final Map<String, List<JsonNode>> problems = new LinkedHashMap<>();
    private final Set<String> failed = new TreeSet<>();

    Diagnosis(Program.Result run) {
        for (var event : run.events()) {
            switch (event.path("type").asString("")) {
                case "component-failed" -> {
                    failed.add(event.path("component").asString(""));
                    add(event, event.path("problem"));
                }
                case "planned" -> add(event, event.path("blocked"));
                case "checked" -> {
                    if (event.path("outcome").asString("").equals("FAILED")) {
                        add(event, event.path("problem"));
                    }
                }
                case "result" -> event.path("problems").forEach(problem -> add(event, problem));
                default -> {}
            }
        }
    }

    private void add(JsonNode event, JsonNode problem) {
        if (problem.isObject()) {
            problems.computeIfAbsent(event.path("component").asString(""), key -> new ArrayList<>())
                    .add(problem);
        }
    }

    /** Gives the components that failed. */
    Set<String> blamed() {
        return failed;
    }

    /** Tells whether a fault is named: its cause innermost, something that shows it, and what to do. */
    boolean names(Fault fault) {
        return problems.entrySet().stream()
                .filter(said -> fault.component().isEmpty() || fault.component().equals(said.getKey()))
                .flatMap(said -> said.getValue().stream())
                .anyMatch(problem -> isNamed(problem, fault));
    }

    private static boolean isNamed(JsonNode problem, Fault fault) {
        var root = root(problem);
        var summary = root.path("summary").asString("");
        return summary.contains(fault.cause())
                && !summary.matches(BARE)
                && problem.toString().contains(fault.evidence())
                && root.path("remedy").asString("").contains(fault.remedy());
    }

    private static JsonNode root(JsonNode problem) {
        var first = problem.path("causes").path(0);
        return first.isMissingNode() ? problem : root(first);
    }

    @Override
    public String toString() {
        return problems.toString();
    }
}
