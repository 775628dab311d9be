package io.btp.installer.command;

import io.btp.installer.api.Problem;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts what happens in a run, for the last lines that a person reads. */
final class Summary {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final String KEPT = "kept: ";

    private final Map<RunEvent.Outcome, Integer> checks = new EnumMap<>(RunEvent.Outcome.class);
    private final Set<String> converged = new HashSet<>();
    private final Map<String, Problem> failed = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final List<RunEvent.Running> running = new ArrayList<>();
    private final List<RunEvent.Ran> runs = new ArrayList<>();
    private int steps;

    void checked(RunEvent.Outcome outcome) {
        checks.merge(outcome, 1, Integer::sum);
    }

    void done() {
        steps++;
    }

    /** Counts a component. Gives how many of those that are planned are done now. */
    String converged(String component, Collection<RunEvent.Planned> plan) {
        converged.add(component);
        var all = plan.stream()
                .filter(planned -> !planned.steps().isEmpty())
                .map(RunEvent.Planned::component)
                .toList();
        return all.contains(component) ? " (" + converged.size() + " of " + all.size() + ")" : "";
    }

    void failed(String component, Problem problem) {
        failed.put(component, problem);
    }

    void skipped(String component, String because) {
        skipped.put(component, because);
    }

    void running(RunEvent.Running it) {
        running.add(it);
    }

    void ran(RunEvent.Ran run) {
        runs.add(run);
    }

    /** Counts the checks, if there were any. */
    Optional<String> checks() {
        return checks.isEmpty()
                ? Optional.empty()
                : Optional.of("checks: "
                        + checks.entrySet().stream()
                                .map(entry -> entry.getValue() + " "
                                        + entry.getKey().name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    /** Says where, how much was done, and how long it took; nothing where there is nothing to say. */
    String deeds(boolean sandbox, Duration took) {
        var words = new ArrayList<String>();
        if (sandbox) {
            words.add("embedded sandbox");
        }
        if (steps > 0) {
            words.add((steps == 1 ? "1 step" : steps + " steps") + " in " + Durations.words(took));
        }
        if (!failed.isEmpty() || !skipped.isEmpty()) {
            words.add(converged.size() + " components done, " + failed.size() + " failed, " + skipped.size()
                    + " skipped");
        }
        return words.isEmpty() ? "" : " (" + String.join("; ", words) + ")";
    }

    /** Gives what failed, what was skipped, and what is running where. */
    List<Line> lines() {
        var lines = new ArrayList<Line>();
        failed.forEach((component, problem) -> {
            var root = problem.root();
            lines.add(Line.of("  failed   ", component + ": " + root.summary()));
            if (!root.remedy().isEmpty()) {
                lines.add(Line.of("           ", "remedy: " + root.remedy()));
            }
        });
        skipped.forEach((component, because) -> lines.add(Line.of("  skipped  ", component + " because " + because)));
        lines.addAll(table());
        lines.addAll(Columns.lines("  ", runs.stream().map(Summary::row).toList()));
        return lines;
    }

    private static List<String> row(RunEvent.Ran run) {
        return List.of(
                run.run(),
                run.command(),
                TIME.format(run.began()),
                run.exitCode().map(Summary::ending).orElse("no end"),
                run.took().map(Durations::words).orElse(""),
                run.who().orElse(""));
    }

    private static String ending(int exitCode) {
        return exitCode == ExitCode.DONE ? "done" : "exit " + exitCode;
    }

    private List<Line> table() {
        var rows = running.stream()
                .map(it -> List.of(
                        it.component().substring(it.component().lastIndexOf('.') + 1), it.where(), it.provider()))
                .toList();
        return Columns.lines("  ", rows);
    }

    /** Gives what is left, and what to do next. */
    static List<Line> next(List<String> next) {
        var lines = new ArrayList<Line>();
        var kept = next.stream().filter(line -> line.startsWith(KEPT)).map(line -> line.substring(KEPT.length()));
        section("kept:", kept.toList(), lines);
        section("next:", next.stream().filter(line -> !line.startsWith(KEPT)).toList(), lines);
        return lines;
    }

    private static void section(String heading, List<String> content, List<Line> lines) {
        if (!content.isEmpty()) {
            lines.add(Line.of("", heading));
            content.forEach(line -> lines.add(Line.of("  ", line)));
        }
    }
}
