package io.btp.installer.command;

import io.btp.installer.api.Change;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words for plans and problems. */
final class PlanText {
    private PlanText() {}

    /** Gives the lines of one component's plan; none where nothing is to be done and details are not wanted. */
    static List<String> lines(RunEvent.Planned planned, boolean details) {
        if (planned.steps().isEmpty() && planned.blocked().isEmpty()) {
            return details ? List.of("  = " + heading(planned) + ": as configured") : List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("  " + heading(planned));
        planned.blocked().ifPresent(problem -> lines.addAll(problem(problem, "    ")));
        planned.steps().forEach(step -> lines.addAll(lines(step, details)));
        return lines;
    }

    private static String heading(RunEvent.Planned planned) {
        return planned.component() + " by " + planned.provider();
    }

    private static List<String> lines(RunEvent.PlannedStep step, boolean details) {
        var lines = new ArrayList<String>();
        lines.add("    " + sign(step.kind()) + " " + step.kind().name().toLowerCase(Locale.ROOT) + " " + step.target()
                + notes(step));
        if (details || step.kind() == Step.Kind.UPDATE) {
            step.changes().forEach(change -> lines.add("        " + words(change)));
        }
        if (details && !step.after().isEmpty()) {
            lines.add("        after " + String.join(", ", step.after()));
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

    private static String notes(RunEvent.PlannedStep step) {
        var notes = new ArrayList<String>();
        step.reason().ifPresent(notes::add);
        if (step.impact() != Step.Impact.NONE) {
            notes.add("impact: " + step.impact().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        step.usually().ifPresent(duration -> notes.add("usually " + Durations.words(duration)));
        step.cost().ifPresent(notes::add);
        return notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
    }

    private static String words(Change change) {
        if (change.to().isEmpty()) {
            return change.field() + ": " + change.from().orElse("") + " goes";
        }
        return change.field() + ": "
                + change.from().map(from -> from + " -> ").orElse("")
                + change.to().get();
    }

    /** Gives cause, evidence and remedy of a problem, and what brought it about. */
    static List<String> problem(Problem problem, String indent) {
        var lines = new ArrayList<String>();
        lines.add(indent + "! " + problem.summary());
        problem.evidence().forEach(line -> lines.add(indent + "    | " + line));
        for (var cause : problem.causes()) {
            lines.add(indent + "  because");
            lines.addAll(problem(cause, indent + "  "));
        }
        if (!problem.remedy().isEmpty() && problem.causes().isEmpty()) {
            lines.add(indent + "  remedy: " + problem.remedy());
        }
        return lines;
    }
}
