package io.btp.installer.engine;

import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Host;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes what providers made, one after the other: those who need before those who are needed. The one path for
 * uninstall, change of mode and a lost record.
 */
public final class Removals {
    private static final int ROUNDS = 6;

    private final List<Leaver<?>> leavers;
    private final Records places;
    private final Host host;

    /**
     * Removes these.
     *
     * @param leavers consumers first
     * @param places records of the places that are there
     */
    public Removals(List<Leaver<?>> leavers, Records places, Host host) {
        this.leavers = List.copyOf(leavers);
        this.places = places;
        this.host = host;
    }

    /** Gives the steps of all removals. Changes nothing. */
    public Drawn plan() throws InterruptedException {
        var entries = new ArrayList<Drawn.Entry>();
        for (var leaver : leavers) {
            entries.add(entry(leaver, look(leaver)));
        }
        return new Drawn(entries);
    }

    private static Drawn.Entry entry(Leaver<?> leaver, Plan plan) {
        var description = leaver.provider().description();
        return new Drawn.Entry(leaver.id(), "remove " + description.title(), description.id(), plan);
    }

    private Plan look(Leaver<?> leaver) throws InterruptedException {
        try {
            return leaver.plan(host, places);
        } catch (ProviderException failed) {
            return Plan.blocked(failed.problem());
        }
    }

    /** Runs until each has nothing left to remove. What others still need because one failed is skipped. */
    Map<String, Runner.Ending> run(Confirmed confirmed, StepRun steps, Stop stop, RunListener listener) {
        var endings = new LinkedHashMap<String, Runner.Ending>();
        var failed = "";
        for (var leaver : leavers) {
            var ending = failed.isEmpty() ? ending(leaver, confirmed, steps, stop) : new Runner.Ending.Skipped(failed);
            endings.put(leaver.id(), ending);
            failed = tell(leaver, ending, listener, failed);
        }
        return endings;
    }

    private static String tell(Leaver<?> leaver, Runner.Ending ending, RunListener listener, String failed) {
        return switch (ending) {
            case Runner.Ending.Converged ignored -> {
                listener.on(new RunEvent.ComponentConverged(leaver.id()));
                yield failed;
            }
            case Runner.Ending.Failed(Problem problem) -> {
                listener.on(new RunEvent.ComponentFailed(leaver.id(), problem));
                yield leaver.id() + " could not be removed";
            }
            case Runner.Ending.Unconfirmed(Problem problem) -> {
                listener.on(new RunEvent.ComponentFailed(leaver.id(), problem));
                yield leaver.id() + " could not be removed";
            }
            case Runner.Ending.Restless(Problem problem) -> {
                listener.on(new RunEvent.ComponentFailed(leaver.id(), problem));
                yield leaver.id() + " could not be removed";
            }
            case Runner.Ending.Skipped(String because) -> {
                listener.on(new RunEvent.ComponentSkipped(leaver.id(), because));
                yield because;
            }
            case Runner.Ending.Stopped ignored -> {
                listener.on(new RunEvent.ComponentSkipped(leaver.id(), "the run was stopped"));
                yield "the run was stopped";
            }
            case Runner.Ending.Unlocked(String message) -> {
                listener.on(new RunEvent.ComponentSkipped(leaver.id(), message));
                yield message;
            }
        };
    }

    private Runner.Ending ending(Leaver<?> leaver, Confirmed confirmed, StepRun steps, Stop stop) {
        try {
            return remove(leaver, confirmed, steps, stop);
        } catch (ProviderException failed) {
            return new Runner.Ending.Failed(failed.problem());
        } catch (PlanChanged changed) {
            return new Runner.Ending.Unconfirmed(changed.problem());
        } catch (LockLost lost) {
            return new Runner.Ending.Unlocked(String.valueOf(lost.getMessage()));
        } catch (InterruptedException stopped) {
            return new Runner.Ending.Stopped();
        }
    }

    /**
     * Who confirmed that something is removed has confirmed all that goes with it: some of it shows only when those
     * who used it are gone. Data are another matter.
     */
    private static void requireConfirmed(Leaver<?> leaver, Step step, Confirmed confirmed) {
        confirmed.violation(leaver.id(), step).ifPresent(problem -> {
            throw new PlanChanged(problem);
        });
    }

    private Runner.Ending remove(Leaver<?> leaver, Confirmed confirmed, StepRun steps, Stop stop)
            throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            var plan = stop.abandonable(() -> leaver.plan(host, places));
            if (plan.blocked().isPresent()) {
                return new Runner.Ending.Failed(plan.blocked().get());
            }
            if (plan.isEmpty()) {
                return new Runner.Ending.Converged();
            }
            plan.steps().stream()
                    .filter(step -> step.impact() == Step.Impact.DATA_LOSS)
                    .forEach(step -> requireConfirmed(leaver, step, confirmed));
            for (var step : plan.steps()) {
                steps.run(leaver.id(), leaver.provider(), step);
            }
        }
        return new Runner.Ending.Failed(Problem.of(
                Problem.Reason.NOT_READY,
                leaver.id() + " is still not gone after " + ROUNDS + " rounds",
                "See btp uninstall for what is left; something may be making it again"));
    }
}
