package io.btp.installer.event;

import io.btp.installer.api.Change;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happens in a run.
 *
 * <p>Order: {@link Started} is first, {@link Finished} last. Checks come before the plan. {@link Planned} of a component
 * comes before its steps; {@link StepStarted} before {@link StepFinished} or {@link StepFailed} of the same step, with
 * {@link StepProgressed} between; {@link ComponentSkipped} excludes steps of that component after it.
 */
public sealed interface RunEvent {
    /**
     * A run begins.
     *
     * @param run id of the run, in every log and record
     * @param command what was asked for
     * @param installation name
     * @param version of the program
     * @param sandbox whether everything is on the embedded sandbox
     */
    record Started(String run, String command, String installation, String version, boolean sandbox)
            implements RunEvent {}

    /** How a check ended. */
    enum Outcome {
        /** It holds. */
        PASSED,
        /** It could not be proved on a simulated cluster. */
        SIMULATED,
        /** It does not hold, and going on is possible. */
        WARNED,
        /** It does not hold. */
        FAILED,
        /** It was skipped by the user, with a reason. */
        SKIPPED
    }

    /**
     * A check ended.
     *
     * @param component whose
     * @param id stable id
     * @param title what was proved
     * @param outcome how it ended
     * @param detail what was seen, or why it was skipped
     * @param problem what is wrong
     */
    record Checked(String component, String id, String title, Outcome outcome, String detail, Optional<Problem> problem)
            implements RunEvent {}

    /**
     * A step as it is planned.
     *
     * @param kind what it does
     * @param target to what
     * @param reason why
     * @param changes which fields
     * @param impact what it costs users
     * @param after what it waits for
     * @param usually how long it usually takes
     * @param cost what it costs from now on
     */
    record PlannedStep(
            Step.Kind kind,
            String target,
            Optional<String> reason,
            List<Change> changes,
            Step.Impact impact,
            List<String> after,
            Optional<Duration> usually,
            Optional<String> cost) {}

    /**
     * A component was planned.
     *
     * @param component slot path, or the id of what is removed
     * @param title what people call it
     * @param provider id of its provider
     * @param steps in order; empty when nothing is to be done
     * @param blocked why nothing can be done
     */
    record Planned(String component, String title, String provider, List<PlannedStep> steps, Optional<Problem> blocked)
            implements RunEvent {}

    /** A step begins; its first attempt at a change follows this event. */
    record StepStarted(String component, Step.Kind kind, String target, Optional<Duration> usually)
            implements RunEvent {}

    /** A step says something: words, or the current reason of a wait. */
    record StepProgressed(String component, Step.Kind kind, String target, String message) implements RunEvent {}

    /** A step ended well. */
    record StepFinished(String component, Step.Kind kind, String target, Duration took) implements RunEvent {}

    /** A step failed. */
    record StepFailed(String component, Step.Kind kind, String target, Problem problem) implements RunEvent {}

    /** A component is as configured, and its record is published. */
    record ComponentConverged(String component) implements RunEvent {}

    /** A component cannot be brought further; its own fault. */
    record ComponentFailed(String component, Problem problem) implements RunEvent {}

    /** A component was not worked on, because of another one or an interruption. */
    record ComponentSkipped(String component, String because) implements RunEvent {}

    /**
     * A document that was asked for: the result of the command.
     *
     * @param name what it is, for example {@code rbac}
     * @param text as it is written to a file
     */
    record Document(String name, String text) implements RunEvent {}

    /**
     * What fills a slot, and where it is. Comes at the end, of everything that is there.
     *
     * @param component slot path
     * @param title what people call it
     * @param provider id of its provider
     * @param where address, names or version as people would look for it; never confidential
     */
    record Running(String component, String title, String provider, String where) implements RunEvent {}

    /**
     * A run of the past, as it was noted.
     *
     * @param run its id
     * @param command what was asked for
     * @param who user and machine, where that was noted
     * @param began when
     * @param took how long; empty where it was killed, or still runs
     * @param exitCode how it ended; empty where it was killed, or still runs
     * @param here whether its events are kept on this machine
     */
    record Ran(
            String run,
            String command,
            Optional<String> who,
            Instant began,
            Optional<Duration> took,
            Optional<Integer> exitCode,
            boolean here)
            implements RunEvent {}

    /** Words for whoever watches. */
    record Said(boolean warning, String message) implements RunEvent {}

    /**
     * A run ends.
     *
     * @param exitCode as documented
     * @param outcome one sentence
     * @param problems what went wrong
     * @param next what to do next, as commands or sentences
     */
    record Finished(int exitCode, String outcome, List<Problem> problems, List<String> next) implements RunEvent {}
}
