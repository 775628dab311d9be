package io.btp.installer.engine;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Brings every component to its configuration, each on a virtual thread of its own. */
public final class Runner {
    /** Is told when a component has converged; may stop the run by an exception of the engine. */
    @FunctionalInterface
    public interface Milestone {
        /** A component has published its record. Called before any consumer sees it. */
        void converged(String component, Map<String, ? extends Record> outputs) throws InterruptedException;

        /** A component is about to change something. Called before each change. */
        default void begins(String component) throws InterruptedException {}
    }

    /** How one component ended. */
    public sealed interface Ending {
        /** As configured. */
        record Converged() implements Ending {}

        /** By its own fault. */
        record Failed(Problem problem) implements Ending {}

        /** It wanted to do what nobody confirmed. */
        record Unconfirmed(Problem problem) implements Ending {}

        /** There was always something left to do. */
        record Restless(Problem problem) implements Ending {}

        /** Not worked on to the end, because of something else. */
        record Skipped(String because) implements Ending {}

        /** Stopped on request. */
        record Stopped() implements Ending {}

        /** The lock was lost. */
        record Unlocked(String message) implements Ending {}
    }

    private final Blueprint blueprint;
    private final StepRun steps;
    private final Stop stop;
    private final RunListener listener;
    private final Milestone milestone;

    Runner(Blueprint blueprint, StepRun steps, Stop stop, RunListener listener, Milestone milestone) {
        this.blueprint = blueprint;
        this.steps = steps;
        this.stop = stop;
        this.listener = listener;
        this.milestone = milestone;
    }

    /** Runs until every component has ended, one way or another. Gives the endings by component, in order of need. */
    Map<String, Ending> run(Confirmed confirmed) throws InterruptedException {
        var board = new Board(blueprint.filled());
        var endings = new ConcurrentHashMap<String, Ending>();
        var ended = blueprint.nodes().stream().collect(toMap(Node::id, node -> new CountDownLatch(1)));
        var bugs = new ConcurrentLinkedQueue<RuntimeException>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : blueprint.nodes()) {
                ComponentRun.Consumers consumers = () -> awaitAll(blueprint.consumersOf(node), ended);
                var run = new ComponentRun(node, board, confirmed, steps, stop, milestone, consumers);
                threads.execute(() -> {
                    try {
                        endings.put(node.id(), end(node, run, board));
                    } catch (IllegalStateException | IllegalArgumentException bug) {
                        bugs.add(bug);
                        board.lose(node.slot(), node.uses(), node.id() + " met an internal error");
                    } finally {
                        Optional.ofNullable(ended.get(node.id())).ifPresent(CountDownLatch::countDown);
                    }
                });
            }
        }
        if (!bugs.isEmpty()) {
            throw bugs.remove();
        }
        var ordered = new LinkedHashMap<String, Ending>();
        blueprint.nodes().forEach(node -> ordered.put(node.id(), requireNonNull(endings.get(node.id()))));
        return ordered;
    }

    private static void awaitAll(List<Node> consumers, Map<String, CountDownLatch> ended) throws InterruptedException {
        for (var consumer : consumers) {
            requireNonNull(ended.get(consumer.id())).await();
        }
    }

    private Ending end(Node node, ComponentRun run, Board board) {
        var ending = ending(run);
        switch (ending) {
            case Ending.Converged ignored -> listener.on(new RunEvent.ComponentConverged(node.id()));
            case Ending.Failed failed -> lose(board, node, node.id() + " failed", failed.problem());
            case Ending.Unconfirmed changed -> lose(board, node, node.id() + " was not confirmed", changed.problem());
            case Ending.Restless restless -> lose(board, node, node.id() + " did not converge", restless.problem());
            case Ending.Skipped skipped -> skip(board, node, skipped.because());
            case Ending.Stopped ignored -> skip(board, node, "the run was stopped");
            case Ending.Unlocked lost -> skip(board, node, lost.message());
        }
        return ending;
    }

    private void lose(Board board, Node node, String because, Problem problem) {
        listener.on(new RunEvent.ComponentFailed(node.id(), problem));
        board.lose(node.slot(), node.uses(), because);
    }

    private void skip(Board board, Node node, String because) {
        listener.on(new RunEvent.ComponentSkipped(node.id(), because));
        board.lose(node.slot(), node.uses(), because);
    }

    private static Ending ending(ComponentRun run) {
        try {
            return run.toEnd();
        } catch (ProviderException failed) {
            return new Ending.Failed(failed.problem());
        } catch (PlanChanged changed) {
            return new Ending.Unconfirmed(changed.problem());
        } catch (LockLost lost) {
            return new Ending.Unlocked(String.valueOf(lost.getMessage()));
        } catch (InterruptedException stopped) {
            return new Ending.Stopped();
        }
    }
}
