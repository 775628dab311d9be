package io.btp.installer.command;

import io.btp.installer.api.Change;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Words for plans and problems. */
final class PlanText {
    /** What is over sooner is not worth a word before it begins. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(30);

    private PlanText() {}

    /** Gives the lines of one component's plan; none where nothing is to be done and details are not wanted. */
    static List<Line> lines(RunEvent.Planned planned, boolean details) {
        if (planned.steps().isEmpty() && planned.blocked().isEmpty()) {
            return details ? List.of(Line.of("  = ", heading(planned) + ": as configured")) : List.of();
        }
        var lines = new ArrayList<Line>();
        lines.add(Line.of("  ", heading(planned)));
        planned.blocked().ifPresent(problem -> lines.addAll(problem(problem, "    ")));
        planned.steps().forEach(step -> lines.addAll(lines(step, details)));
        return lines;
    }

    private static String heading(RunEvent.Planned planned) {
        return name(planned) + " by " + planned.provider();
    }

    /** Names what is planned without repeating who fills it. */
    static String name(RunEvent.Planned planned) {
        var suffix = " (" + planned.provider() + ")";
        var id = planned.component();
        return id.endsWith(suffix) ? id.substring(0, id.length() - suffix.length()) : id;
    }

    private static List<Line> lines(RunEvent.PlannedStep step, boolean details) {
        var lines = new ArrayList<Line>();
        lines.add(Line.of("    " + sign(step.kind()) + " ", word(step.kind()) + " " + step.target() + notes(step)));
        if (details || step.kind() == Step.Kind.UPDATE) {
            step.changes().stream()
                    .filter(change -> !change.field().isEmpty())
                    .forEach(change -> lines.add(new Line("        ", "          ", words(change))));
        }
        if (details && !step.after().isEmpty()) {
            lines.add(Line.of("        after ", String.join(", ", step.after())));
        }
        return lines;
    }

    static String sign(Step.Kind kind) {
        return switch (kind) {
            case CREATE -> "+";
            case UPDATE -> "~";
            case DELETE -> "-";
            case AWAIT -> ".";
        };
    }

    static String word(Step.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String notes(RunEvent.PlannedStep step) {
        var notes = new ArrayList<String>();
        if (step.impact() != Step.Impact.NONE) {
            notes.add(impact(step.impact()));
        }
        step.reason().ifPresent(notes::add);
        step.usually()
                .filter(duration -> duration.compareTo(WORTH_TELLING) >= 0)
                .ifPresent(duration -> notes.add("usually " + Durations.words(duration)));
        step.cost().ifPresent(notes::add);
        return notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
    }

    private static String impact(Step.Impact impact) {
        return switch (impact) {
            case NONE -> "nobody notices";
            case RESTART -> "restarts";
            case DOWNTIME -> "DOWNTIME";
            case DATA_LOSS -> "LOSES DATA";
        };
    }

    private static String words(Change change) {
        if (change.to().isEmpty()) {
            return change.field() + ": " + change.from().orElse("") + " goes";
        }
        return change.field() + ": "
                + change.from().map(from -> from + " -> ").orElse("")
                + change.to().get();
    }

    /** Counts what is to be done, and says whom it touches. */
    static List<Line> counts(Collection<RunEvent.Planned> plan) {
        var kinds = new EnumMap<Step.Kind, Integer>(Step.Kind.class);
        var impacts = new EnumMap<Step.Impact, TreeSet<String>>(Step.Impact.class);
        for (var component : plan) {
            for (var step : component.steps()) {
                kinds.merge(step.kind(), 1, Integer::sum);
                impacts.computeIfAbsent(step.impact(), impact -> new TreeSet<>())
                        .add(name(component));
            }
        }
        impacts.remove(Step.Impact.NONE);
        var lines = new ArrayList<Line>();
        if (!kinds.isEmpty()) {
            var words = kinds.entrySet().stream().map(PlanText::count).toList();
            lines.add(Line.of("", String.join(", ", words)));
        }
        impacts.forEach(
                (impact, components) -> lines.add(Line.of(impact(impact) + ": ", String.join(", ", components))));
        return lines;
    }

    private static String count(Map.Entry<Step.Kind, Integer> entry) {
        return entry.getValue() + " to "
                + switch (entry.getKey()) {
                    case CREATE -> "create";
                    case UPDATE -> "update";
                    case DELETE -> "delete";
                    case AWAIT -> "wait for";
                };
    }

    /** Gives cause, evidence and remedy of a problem, and what brought it about. */
    static List<Line> problem(Problem problem, String indent) {
        var lines = new ArrayList<Line>();
        lines.add(Line.of(indent + "! ", problem.summary()));
        explain(problem, problem.summary(), indent + "  ", lines);
        return lines;
    }

    /** A chain of causes is told downwards, without saying anything twice; causes beside each other stand as problems. */
    private static void explain(Problem problem, String said, String indent, List<Line> lines) {
        problem.evidence().forEach(line -> lines.add(new Line(indent + "| ", indent + "| ", line)));
        if (problem.causes().size() == 1) {
            var cause = problem.causes().getFirst();
            if (!said.contains(cause.summary())) {
                lines.add(new Line(indent + "because ", indent + "  ", cause.summary()));
            }
            explain(cause, said + "\n" + cause.summary(), indent, lines);
        } else {
            problem.causes().forEach(cause -> lines.addAll(problem(cause, indent)));
        }
        var isTold = problem.causes().stream()
                .anyMatch(cause -> !cause.root().remedy().isEmpty());
        if (!problem.remedy().isEmpty() && !isTold) {
            lines.add(new Line(indent + "remedy: ", indent + "  ", problem.remedy()));
        }
    }
}
