package io.btp.installer.command;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Renders events as lines of text for people and CI logs. The command's result goes to standard output, everything else
 * to standard error.
 */
final class TextLines implements RunListener {
    private final PrintStream output;
    private final PrintStream messages;
    private final Asked asked;
    private final boolean details;
    private final Map<String, RunEvent.Planned> planned = new LinkedHashMap<>();
    private final Map<String, RunEvent.Planned> converged = new LinkedHashMap<>();
    private final Map<RunEvent.Outcome, Integer> checks = new EnumMap<>(RunEvent.Outcome.class);
    private final Set<String> touched = new HashSet<>();
    private final Set<Problem> told = new HashSet<>();
    private int stepsDone;

    /** What the command's result is. */
    enum Asked {
        /** The plan. */
        PLAN,
        /** The checks. */
        CHECKS,
        /** What was done. */
        DEEDS
    }

    /**
     * Renders to these streams.
     *
     * @param asked what was asked for: goes to the output
     * @param details whether to show everything
     */
    TextLines(PrintStream output, PrintStream messages, Asked asked, boolean details) {
        this.output = output;
        this.messages = messages;
        this.asked = asked;
        this.details = details;
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> started(started);
            case RunEvent.Checked checked -> checked(checked);
            case RunEvent.Planned component -> planned(component);
            case RunEvent.StepStarted step -> began(step);
            case RunEvent.StepProgressed step -> progressed(step);
            case RunEvent.StepFinished step -> ended(step);
            case RunEvent.StepFailed step -> {
                messages.println("  x " + name(step.component(), step.kind(), step.target()));
                told.add(step.problem());
                PlanText.problem(step.problem(), "    ").forEach(messages::println);
            }
            case RunEvent.ComponentConverged component -> converged(component.component());
            case RunEvent.ComponentFailed component -> messages.println("  failed " + component.component());
            case RunEvent.ComponentSkipped component ->
                messages.println("  skipped " + component.component() + " because " + component.because());
            case RunEvent.Said said -> messages.println((said.warning() ? "warning: " : "") + said.message());
            case RunEvent.Finished finished -> finished(finished);
        }
    }

    private void started(RunEvent.Started started) {
        messages.println("btp " + started.version() + " " + started.command() + " " + started.installation() + ", run "
                + started.run() + (started.sandbox() ? ", on the embedded sandbox" : ""));
    }

    private void checked(RunEvent.Checked checked) {
        checks.merge(checked.outcome(), 1, Integer::sum);
        var wanted = switch (checked.outcome()) {
            case PASSED, SIMULATED -> asked == Asked.CHECKS || details;
            case WARNED, FAILED, SKIPPED -> true;
        };
        if (!wanted) {
            return;
        }
        var stream = asked == Asked.CHECKS ? output : messages;
        stream.println("  " + word(checked.outcome()) + " " + checked.component() + ": " + checked.title()
                + (checked.problem().isPresent() || checked.detail().isEmpty() ? "" : " (" + checked.detail() + ")"));
        checked.problem().ifPresent(problem -> {
            told.add(problem);
            PlanText.problem(problem, "    ").forEach(stream::println);
        });
    }

    private static String word(RunEvent.Outcome outcome) {
        return "%-9s".formatted(outcome.name().toLowerCase(Locale.ROOT));
    }

    private void planned(RunEvent.Planned component) {
        planned.put(component.component(), component);
        component.blocked().ifPresent(told::add);
        PlanText.lines(component, details).forEach((asked == Asked.PLAN ? output : messages)::println);
    }

    /** Only what takes long is worth a line when it begins. */
    private void began(RunEvent.StepStarted step) {
        if (step.kind() == Step.Kind.AWAIT || details) {
            messages.println("  > " + name(step.component(), step.kind(), step.target())
                    + step.usually()
                            .map(usual -> " (usually " + Durations.words(usual) + ")")
                            .orElse(""));
        }
    }

    /** What a wait waits for is worth a line; what a change says while it goes on is for those who want everything. */
    private void progressed(RunEvent.StepProgressed step) {
        if (step.kind() == Step.Kind.AWAIT || details) {
            messages.println("      " + step.target() + ": " + step.message());
        }
    }

    private void ended(RunEvent.StepFinished step) {
        stepsDone++;
        touched.add(step.component());
        messages.println("  " + PlanText.sign(step.kind()) + " " + name(step.component(), step.kind(), step.target())
                + ", " + Durations.words(step.took()));
    }

    private void converged(String component) {
        var what = planned.get(component);
        if (what == null || !touched.contains(component)) {
            return;
        }
        messages.println("  ok " + component);
        if (what.steps().stream().anyMatch(step -> step.kind() != Step.Kind.DELETE)) {
            converged.put(component, what);
        }
    }

    private static String name(String component, Step.Kind kind, String target) {
        return component + ": " + kind.name().toLowerCase(Locale.ROOT) + " " + target;
    }

    private void finished(RunEvent.Finished finished) {
        finished.problems().stream()
                .filter(told::add)
                .forEach(problem -> PlanText.problem(problem, "").forEach(messages::println));
        if (!checks.isEmpty()) {
            var counts = checks.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey().name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            (asked == Asked.CHECKS ? output : messages).println("checks: " + counts);
        }
        output.println(finished.outcome() + (stepsDone == 0 ? "" : " (" + count(stepsDone, "step") + ")"));
        converged
                .values()
                .forEach(component -> output.println(
                        "  %-26s %s by %s".formatted(component.component(), component.title(), component.provider())));
        next(finished.next());
    }

    private void next(List<String> next) {
        if (!next.isEmpty()) {
            output.println("next:");
            next.forEach(line -> output.println("  " + line));
        }
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
