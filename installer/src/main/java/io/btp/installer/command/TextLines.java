package io.btp.installer.command;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import io.btp.installer.engine.Pace;
import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Renders events as lines of text for people and CI logs. The command's result goes to standard output, everything else
 * to standard error.
 */
final class TextLines implements RunListener {
    private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

    private final Page output;
    private final Page messages;
    private final Asked asked;
    private final boolean details;
    private final Pace pace;
    private final Map<String, RunEvent.Planned> planned = new LinkedHashMap<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<Problem> told = new HashSet<>();
    private final Set<String> evidence = new HashSet<>();
    private final Waits waits;
    private final Summary summary = new Summary();
    private Duration since = Duration.ZERO;
    private boolean sandbox;
    private boolean documented;

    /** What the command's result is. */
    enum Asked {
        /** The plan. */
        PLAN,
        /** The checks. */
        CHECKS,
        /** What was done. */
        DEEDS;

        /** Says what a command's result is. */
        static Asked by(String command) {
            return switch (command) {
                case "plan", "status" -> PLAN;
                case "check", "verify" -> CHECKS;
                default -> DEEDS;
            };
        }
    }

    /**
     * Renders to these streams.
     *
     * @param asked what was asked for: goes to the output
     * @param details whether to show everything
     * @param pace tells how long things take
     */
    TextLines(Page output, Page messages, Asked asked, boolean details, Pace pace) {
        this.output = output;
        this.messages = messages;
        this.asked = asked;
        this.details = details;
        this.pace = pace;
        this.waits = new Waits(details);
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> started(started);
            case RunEvent.Checked checked -> checked(checked);
            case RunEvent.Planned component -> planned(component);
            case RunEvent.StepStarted step ->
                waits.began(step, name(step.component(), step.kind(), step.target()), pace.now())
                        .ifPresent(line -> messages.print("  > ", line));
            case RunEvent.StepProgressed step ->
                waits.progressed(step, pace.now()).ifPresent(line -> messages.print("  > ", line));
            case RunEvent.StepFinished step -> ended(step);
            case RunEvent.StepFailed step -> failed(step);
            case RunEvent.ComponentConverged component -> converged(component.component());
            case RunEvent.ComponentFailed component -> failed(component);
            case RunEvent.ComponentSkipped component -> skipped(component);
            case RunEvent.Running running -> summary.running(running);
            case RunEvent.Ran ran -> summary.ran(ran);
            case RunEvent.Document document -> document(document);
            case RunEvent.Said said -> messages.print(said.warning() ? "warning: " : "", said.message());
            case RunEvent.Finished finished -> finished(finished);
        }
    }

    @Override
    public void tick() {
        waits.due(pace.now()).forEach(line -> messages.print("  > ", line));
    }

    private void started(RunEvent.Started started) {
        since = pace.now();
        sandbox = started.sandbox();
        messages.print(
                "",
                "btp " + started.version() + " " + started.command() + " " + started.installation() + ", run "
                        + started.run() + (started.sandbox() ? ", on the embedded sandbox" : ""));
    }

    private void checked(RunEvent.Checked checked) {
        summary.checked(checked.outcome());
        var wanted = switch (checked.outcome()) {
            case PASSED, SIMULATED -> asked == Asked.CHECKS || details;
            case WARNED, FAILED, SKIPPED -> true;
        };
        if (!wanted) {
            return;
        }
        var page = asked == Asked.CHECKS ? output : messages;
        var outcome = checked.outcome().name().toLowerCase(Locale.ROOT);
        page.print(
                "  %-10s".formatted(outcome),
                checked.component() + ": " + checked.title() + id(checked) + detail(checked));
        checked.problem().ifPresent(problem -> {
            told.add(problem);
            page.print(PlanText.problem(problem, "    "));
        });
    }

    /** Who wants to skip a check, or to look it up, needs its id. */
    private String id(RunEvent.Checked checked) {
        return checked.problem().isPresent() || details ? " [" + checked.id() + "]" : "";
    }

    /** Many checks of one component may see the same; once is enough. */
    private String detail(RunEvent.Checked checked) {
        var isNew = checked.problem().isEmpty()
                && !checked.detail().isEmpty()
                && evidence.add(checked.component() + ": " + checked.detail());
        return isNew ? " (" + checked.detail() + ")" : "";
    }

    private void planned(RunEvent.Planned component) {
        planned.put(component.component(), component);
        component.blocked().ifPresent(told::add);
        (asked == Asked.PLAN ? output : messages).print(PlanText.lines(component, details));
    }

    /** A wait that was over before anybody could be told of it is no news. */
    private void ended(RunEvent.StepFinished step) {
        summary.done();
        touched.add(step.component());
        var wasTold = waits.ended(step.component(), step.kind(), step.target());
        var tookLong = step.took().compareTo(WORTH_TELLING) >= 0;
        if (step.kind() == Step.Kind.AWAIT && !wasTold && !tookLong && !details) {
            return;
        }
        messages.print(
                "  " + PlanText.sign(step.kind()) + " ",
                name(step.component(), step.kind(), step.target())
                        + (tookLong ? ", " + Durations.words(step.took()) : ""));
    }

    private void failed(RunEvent.StepFailed step) {
        waits.ended(step.component(), step.kind(), step.target());
        told.add(step.problem());
        messages.print("  x ", name(step.component(), step.kind(), step.target()));
        messages.print(PlanText.problem(step.problem(), "    "));
    }

    private void converged(String component) {
        if (touched.contains(component)) {
            messages.print("  ok ", name(component) + summary.converged(component, planned.values()));
        }
    }

    private void failed(RunEvent.ComponentFailed component) {
        summary.failed(name(component.component()), component.problem());
        messages.print("  failed ", name(component.component()));
        if (told.add(component.problem())) {
            messages.print(PlanText.problem(component.problem(), "    "));
        }
    }

    private void skipped(RunEvent.ComponentSkipped component) {
        summary.skipped(name(component.component()), component.because());
        messages.print("  skipped ", name(component.component()) + " because " + component.because());
    }

    private String name(String component, Step.Kind kind, String target) {
        return name(component) + ": " + PlanText.word(kind) + " " + target;
    }

    /** A component that is removed is named with its provider only where another one takes its place. */
    private String name(String component) {
        var plan = planned.get(component);
        if (plan == null || planned.containsKey(PlanText.name(plan))) {
            return component;
        }
        return PlanText.name(plan);
    }

    /** It may be piped into a file: nothing else goes to the output then. */
    private void document(RunEvent.Document document) {
        output.document(document.text());
        documented = true;
    }

    private void finished(RunEvent.Finished finished) {
        waits.end();
        finished.problems().stream()
                .filter(told::add)
                .forEach(problem -> messages.print(PlanText.problem(problem, "")));
        summary.checks().ifPresent(line -> (asked == Asked.CHECKS ? output : messages).print("", line));
        var page = documented ? messages : output;
        if (asked == Asked.PLAN) {
            page.print(PlanText.counts(planned.values()));
        }
        page.print("", finished.outcome() + summary.deeds(sandbox, pace.now().minus(since)));
        page.print(summary.lines());
        page.print(Summary.next(finished.next()));
    }
}
