package io.btp.installer.engine;

import io.btp.installer.api.Need;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings one component to its configuration: take the snapshot, observe, run the steps whose needs are in the snapshot;
 * whenever needs settle, observe and plan again. A plan is bound to its snapshot, and a step planned with an unknown
 * never runs.
 */
final class ComponentRun {
    private static final int ROUNDS = 12;

    /** Waits for all consumers of this component's record. */
    @FunctionalInterface
    interface Consumers {
        void await() throws InterruptedException;
    }

    private final Node node;
    private final Board board;
    private final Confirmed confirmed;
    private final StepRun steps;
    private final Stop stop;
    private final Runner.Milestone milestone;
    private final Consumers consumers;

    ComponentRun(
            Node node,
            Board board,
            Confirmed confirmed,
            StepRun steps,
            Stop stop,
            Runner.Milestone milestone,
            Consumers consumers) {
        this.node = node;
        this.board = board;
        this.confirmed = confirmed;
        this.steps = steps;
        this.stop = stop;
        this.milestone = milestone;
        this.consumers = consumers;
    }

    Runner.Ending toEnd() throws InterruptedException {
        var lost = await(placeNeeds());
        if (lost.isPresent()) {
            return new Runner.Ending.Skipped(lost.get());
        }
        var required = Set.<Need<?>>of();
        for (int round = 0; round < ROUNDS; round++) {
            var missing = await(required);
            if (missing.isPresent()) {
                return new Runner.Ending.Skipped(missing.get());
            }
            var records = board.snapshot();
            var observation = stop.abandonable(() -> node.look(records));
            var plan = unblocked(observation.install());
            requireConfirmed(plan, records);
            var unmet = run(plan, records, observation);
            if (unmet.isPresent()) {
                required = unmet.get();
                continue;
            }
            if (!plan.isEmpty()) {
                continue;
            }
            var open = open(node.needs(), records);
            if (open.isEmpty()) {
                publish(observation);
                return new Runner.Ending.Converged();
            }
            required = open;
        }
        return new Runner.Ending.Restless(restless());
    }

    private Optional<String> await(Set<Need<?>> needs) throws InterruptedException {
        return stop.abandonable(() -> board.await(needs));
    }

    private Set<Need<?>> placeNeeds() {
        return node.needs().stream()
                .filter(need -> need.kind() == Need.Kind.PLACE)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Need<?>> open(Set<Need<?>> needs, Records records) {
        return needs.stream().filter(need -> !Board.meets(records, need)).collect(Collectors.toUnmodifiableSet());
    }

    private static Plan unblocked(Plan plan) {
        plan.blocked().ifPresent(problem -> {
            throw new ProviderException(problem);
        });
        return plan;
    }

    /**
     * Refuses the plan if a step that is about to run was not confirmed. A step that has to wait was planned with
     * unknowns and never runs: it may name a thing that is there, and was there when the user confirmed.
     */
    private void requireConfirmed(Plan plan, Records records) {
        for (var step : plan.steps()) {
            if (!open(declared(step), records).isEmpty()) {
                return;
            }
            confirmed.violation(node.id(), step).ifPresent(problem -> {
                throw new PlanChanged(problem);
            });
        }
    }

    /** Runs steps in order; gives the needs of the first step that has to wait for something, if there is one. */
    private Optional<Set<Need<?>>> run(Plan plan, Records records, Observation<?> observation)
            throws InterruptedException {
        for (var step : plan.steps()) {
            var unmet = open(declared(step), records);
            if (!unmet.isEmpty()) {
                return Optional.of(unmet);
            }
            if (step.isAfterConsumers()) {
                publish(observation);
                stop.abandonable(() -> {
                    consumers.await();
                    return step;
                });
            }
            if (step.kind() != Step.Kind.AWAIT) {
                milestone.begins(node.id());
            }
            steps.run(node.id(), node.provider(), step);
        }
        return Optional.empty();
    }

    /** A step may name a slot that the component needs only if somebody fills it. */
    private Set<Need<?>> declared(Step step) {
        var all = new HashSet<Need<?>>();
        for (var need : step.after()) {
            all.add(node.needs().stream()
                    .filter(own -> own.slot().equals(need.slot()) && own.use().equals(need.use()))
                    .<Need<?>>map(own -> own)
                    .findFirst()
                    .orElse(need));
        }
        return all;
    }

    private void publish(Observation<?> observation) throws InterruptedException {
        var missing = node.uses().stream()
                .filter(use -> !observation.outputs().containsKey(use))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new ProviderException(unpublished(missing));
        }
        milestone.converged(node.id(), observation.outputs());
        board.publish(node.slot(), observation.outputs());
    }

    private Problem unpublished(List<String> uses) {
        var id = node.provider().description().id();
        return Problem.of(
                Problem.Reason.FAILED,
                "Provider " + id + " of " + node.slot() + " has nothing left to do and publishes nothing for "
                        + String.join(", ", uses),
                "Tell its author: an empty plan must come with outputs for every use");
    }

    private Problem restless() {
        return Problem.of(
                Problem.Reason.NOT_READY,
                node.slot().title() + " by provider "
                        + node.provider().description().id() + " did not converge: after " + ROUNDS
                        + " rounds there are still steps to do",
                "See the plan for what is left; something else may be changing the same objects");
    }
}
