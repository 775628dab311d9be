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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Removes what providers made: those who need before those who are needed, and who has nothing to do with one another at
 * the same time. The one path for uninstall, change of mode and a lost record.
 */
final class Removals {
    private static final int ROUNDS = 6;

    private final Order order;
    private final Records places;
    private final Host host;

    /**
     * Removes these.
     *
     * @param order of those who go
     * @param places records of the places that are there
     */
    Removals(Order order, Records places, Host host) {
        this.order = order;
        this.places = places;
        this.host = host;
    }

    /** Gives the steps of all removals. Changes nothing. */
    Drawn plan() throws InterruptedException {
        var looks = new ArrayList<Future<Drawn.Entry>>();
        var entries = new ArrayList<Drawn.Entry>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var leaver : order.leavers()) {
                looks.add(threads.submit(() -> entry(leaver)));
            }
            for (var look : looks) {
                entries.add(Planner.result(look));
            }
        }
        return new Drawn(entries);
    }

    private Drawn.Entry entry(Leaver<?> leaver) throws InterruptedException {
        var description = leaver.provider().description();
        return new Drawn.Entry(leaver.id(), "remove " + description.title(), description.id(), look(leaver));
    }

    private Plan look(Leaver<?> leaver) throws InterruptedException {
        try {
            return leaver.plan(host, places);
        } catch (ProviderException failed) {
            return Plan.blocked(failed.problem());
        }
    }

    /** Runs until each has nothing left to remove. What others still need because one failed is skipped. */
    Map<String, Runner.Ending> run(Confirmed confirmed, StepRun steps, Stop stop, RunListener listener)
            throws InterruptedException {
        var running = new LinkedHashMap<Leaver<?>, Future<Runner.Ending>>();
        var endings = new LinkedHashMap<String, Runner.Ending>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var leaver : order.leavers()) {
                var consumers = new LinkedHashMap<>(running);
                consumers.keySet().retainAll(order.consumersOf(leaver));
                running.put(leaver, threads.submit(() -> {
                    var ending = ending(leaver, consumers, confirmed, steps, stop);
                    tell(leaver, ending, listener);
                    return ending;
                }));
            }
            for (var each : running.entrySet()) {
                endings.put(each.getKey().id(), Planner.result(each.getValue()));
            }
        }
        return endings;
    }

    private static void tell(Leaver<?> leaver, Runner.Ending ending, RunListener listener) {
        listener.on(
                switch (ending) {
                    case Runner.Ending.Converged ignored -> new RunEvent.ComponentConverged(leaver.id());
                    case Runner.Ending.Failed(var problem) -> new RunEvent.ComponentFailed(leaver.id(), problem);
                    case Runner.Ending.Unconfirmed(var problem) -> new RunEvent.ComponentFailed(leaver.id(), problem);
                    case Runner.Ending.Restless(var problem) -> new RunEvent.ComponentFailed(leaver.id(), problem);
                    case Runner.Ending.Skipped(var because) -> new RunEvent.ComponentSkipped(leaver.id(), because);
                    case Runner.Ending.Stopped ignored ->
                        new RunEvent.ComponentSkipped(leaver.id(), "the run was stopped");
                    case Runner.Ending.Unlocked(var message) -> new RunEvent.ComponentSkipped(leaver.id(), message);
                });
    }

    /** Says why what this one needed has to stay, unless it is gone. */
    private static Optional<String> hindrance(Leaver<?> leaver, Runner.Ending ending) {
        return switch (ending) {
            case Runner.Ending.Converged ignored -> Optional.empty();
            case Runner.Ending.Failed ignored -> Optional.of(leaver.id() + " could not be removed");
            case Runner.Ending.Unconfirmed ignored -> Optional.of(leaver.id() + " could not be removed");
            case Runner.Ending.Restless ignored -> Optional.of(leaver.id() + " could not be removed");
            case Runner.Ending.Skipped(var because) -> Optional.of(because);
            case Runner.Ending.Stopped ignored -> Optional.of("the run was stopped");
            case Runner.Ending.Unlocked(var message) -> Optional.of(message);
        };
    }

    private Runner.Ending ending(
            Leaver<?> leaver,
            Map<Leaver<?>, Future<Runner.Ending>> consumers,
            Confirmed confirmed,
            StepRun steps,
            Stop stop)
            throws InterruptedException {
        for (var consumer : consumers.entrySet()) {
            // Each ends by itself when the run is asked to stop.
            var hindrance = hindrance(consumer.getKey(), Planner.result(consumer.getValue()));
            if (hindrance.isPresent()) {
                return new Runner.Ending.Skipped(hindrance.get());
            }
        }
        return ending(leaver, confirmed, steps, stop);
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
