package io.btp.installer.engine;

import static java.util.Objects.requireNonNull;

import io.btp.installer.api.Observation;
import io.btp.installer.api.Plan;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks every component for its steps, each as soon as those that it needs have answered. Changes nothing. */
public final class Planner {
    /**
     * What was seen.
     *
     * @param plan all steps of all components
     * @param records what is published by things that are there already
     */
    public record Seen(Drawn plan, Records records) {}

    private final Blueprint blueprint;

    /** Plans these components. */
    public Planner(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    /** Observes the world and gives the whole plan. A component that cannot be observed is blocked by that problem. */
    public Seen plan() throws InterruptedException {
        var board = new Board(blueprint.filled());
        var futures = new HashMap<Node, Future<Drawn.Entry>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : blueprint.nodes()) {
                var before =
                        blueprint.providersFor(node).stream().map(futures::get).toList();
                futures.put(node, threads.submit(() -> entry(node, before, board)));
            }
            return new Seen(new Drawn(collect(futures)), board.snapshot());
        }
    }

    private List<Drawn.Entry> collect(Map<Node, Future<Drawn.Entry>> futures) throws InterruptedException {
        var entries = new ArrayList<Drawn.Entry>();
        try {
            for (var node : blueprint.nodes()) {
                entries.add(result(requireNonNull(futures.get(node))));
            }
            return entries;
        } finally {
            futures.values().forEach(future -> future.cancel(true));
        }
    }

    private static Drawn.Entry entry(Node node, List<Future<Drawn.Entry>> before, Board board)
            throws InterruptedException {
        for (var earlier : before) {
            result(earlier);
        }
        return new Drawn.Entry(
                node.id(), node.slot().title(), node.provider().description().id(), plan(node, board));
    }

    private static Plan plan(Node node, Board board) throws InterruptedException {
        try {
            Observation<?> observation = node.look(board.snapshot());
            board.publish(node.slot(), observation.outputs());
            return observation.install();
        } catch (ProviderException failed) {
            return Plan.blocked(failed.problem());
        }
    }

    /** Waits for what another thread found out. */
    static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
