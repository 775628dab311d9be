package io.btp.installer.command;

import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Renders events as lines of text for people and CI logs. The command's result goes to standard output, everything else
 * to standard error.
 */
final class TextLines implements RunListener {
    private final PrintStream output;
    private final PrintStream messages;
    private final boolean planIsResult;
    private final boolean details;

    /**
     * Renders to these streams.
     *
     * @param planIsResult whether the plan is what was asked for
     * @param details whether to show everything
     */
    TextLines(PrintStream output, PrintStream messages, boolean planIsResult, boolean details) {
        this.output = output;
        this.messages = messages;
        this.planIsResult = planIsResult;
        this.details = details;
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> started(started);
            case RunEvent.Checked checked -> checked(checked);
            case RunEvent.Planned planned ->
                PlanText.lines(planned, details).forEach(planIsResult ? output::println : messages::println);
            case RunEvent.StepStarted step -> messages.println("  > " + name(step.component(), step.kind().name(), step.target())
                    + step.usually().map(usual -> " (usually " + Durations.words(usual) + ")").orElse(""));
            case RunEvent.StepProgressed step -> messages.println("    " + step.target() + ": " + step.message());
            case RunEvent.StepFinished step -> messages.println("  + " + name(step.component(), step.kind().name(), step.target())
                    + ", " + Durations.words(step.took()));
            case RunEvent.StepFailed step -> {
                messages.println("  x " + name(step.component(), step.kind().name(), step.target()));
                PlanText.problem(step.problem(), "    ").forEach(messages::println);
            }
            case RunEvent.ComponentConverged component -> messages.println("  ok " + component.component());
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
        var words = checked.outcome().name().toLowerCase(Locale.ROOT);
        messages.println("  " + words + " " + checked.component() + ": " + checked.title()
                + (checked.detail().isEmpty() ? "" : " (" + checked.detail() + ")"));
        checked.problem().ifPresent(problem -> PlanText.problem(problem, "    ").forEach(messages::println));
    }

    private static String name(String component, String kind, String target) {
        return component + ": " + kind.toLowerCase(Locale.ROOT) + " " + target;
    }

    private void finished(RunEvent.Finished finished) {
        finished.problems().forEach(problem -> PlanText.problem(problem, "").forEach(messages::println));
        output.println(finished.outcome());
        finished.next().forEach(line -> output.println("  " + line));
    }
}
