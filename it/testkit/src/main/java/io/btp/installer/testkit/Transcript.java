package io.btp.installer.testkit;

import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import io.btp.installer.engine.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Writes down everything that a provider says: plans, problems, progress, records as they are printed, and the log. */
final class Transcript extends Handler implements Progress {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Pace pace = Pace.real();
    private final List<String> words = new ArrayList<>();

    /** Listens to the log, debug messages included, until it is closed. */
    Transcript() {
        setLevel(Level.FINE);
        root.setLevel(Level.FINE);
        root.addHandler(this);
    }

    @Override
    public synchronized void publish(LogRecord logged) {
        // The JDK's own client writes what it sends, on a level of its own, where somebody has turned that on.
        words.add(formatter.format(logged));
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        root.removeHandler(this);
        root.setLevel(before);
    }

    synchronized List<String> words() {
        return List.copyOf(words);
    }

    private synchronized void write(String text) {
        words.add(text);
    }

    <O extends Record> Observation<O> seen(Observation<O> observation) {
        planned(observation.install());
        planned(observation.rotation());
        observation.outputs().forEach((use, output) -> write(use + " " + output));
        return observation;
    }

    Plan planned(Plan plan) {
        plan.blocked().ifPresent(this::problem);
        plan.steps().forEach(this::step);
        return plan;
    }

    private void step(Step step) {
        write(step + " " + step.reason() + " " + step.changes() + " " + step.permissions() + " " + step.cost() + " "
                + step.after());
    }

    private void problem(Problem problem) {
        write(problem.toString());
    }

    /** Runs a step as the engine does: what may pass by itself is tried again. */
    void run(Step step) throws InterruptedException {
        try {
            until(PATIENCE, () -> {
                step.action().run(this);
                return Optional.empty();
            });
        } catch (ProviderException failed) {
            problem(failed.problem());
            throw new AssertionError("To " + step + " failed: " + failed.problem(), failed);
        } catch (IllegalStateException bug) {
            throw new AssertionError("To " + step + " failed: " + bug.getMessage(), bug);
        }
    }

    @Override
    public void say(String message) {
        write(message);
    }

    @Override
    public void at(int done, int total) {
        write(done + " of " + total);
    }

    @Override
    public void until(Duration usually, Poll poll) throws InterruptedException {
        var end = pace.now().plus(PATIENCE);
        var missing = look(poll);
        while (missing.isPresent() && pace.now().compareTo(end) < 0) {
            pace.pause(PAUSE);
            missing = look(poll);
        }
        if (missing.isPresent()) {
            throw new ProviderException(missing.get());
        }
    }

    private static Optional<Problem> look(Poll poll) throws InterruptedException {
        try {
            return poll.missing();
        } catch (ProviderException failed) {
            if (failed.problem().reason() == Problem.Reason.TRANSIENT) {
                return Optional.of(failed.problem());
            }
            throw failed;
        }
    }

    /** Waits until something holds; gives what is missing in the end. */
    Optional<Problem> await(Poll poll) throws InterruptedException {
        try {
            until(PATIENCE, poll);
            return Optional.empty();
        } catch (ProviderException never) {
            return Optional.of(never.problem());
        }
    }
}
