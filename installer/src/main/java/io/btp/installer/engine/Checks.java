package io.btp.installer.engine;

import io.btp.installer.api.Check;
import io.btp.installer.api.Need;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Runs the checks and trials of every component, and the host's proof of every published record, in parallel. */
final class Checks {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RunListener listener;
    private final Map<String, String> skipped;

    /** Tells results to the listener, and skips ids for a reason. */
    Checks(RunListener listener, Map<String, String> skipped) {
        this.listener = listener;
        this.skipped = skipped;
    }

    private record Owned(String component, Check check, Check.Probe probe) {
        Owned(String component, Check check) {
            this(component, check, check.probe());
        }

        /** Of a provider, whose fault is named as such. */
        static Owned of(Node node, Check check) {
            return new Owned(
                    node.id(),
                    check,
                    () -> Faults.interruptiblyOf(node, () -> check.probe().run()));
        }
    }

    /**
     * Runs the checks of these components. Gives the problems of those that failed.
     *
     * @param own checks of the answers themselves
     * @param only slots or groups to prove; empty for all
     * @param later ids of checks that are run at the end
     * @throws SkipRefused if a check is to be skipped that is strict, or that there is not
     */
    List<Problem> run(
            List<Check> own,
            Blueprint blueprint,
            Set<String> only,
            Host host,
            Records records,
            boolean trials,
            Collection<String> later)
            throws InterruptedException {
        var all = new ArrayList<Owned>();
        own.forEach(check -> all.add(new Owned("answers", check)));
        for (var node : blueprint.nodes()) {
            if (!only.isEmpty() && only.stream().noneMatch(node.slot()::isMeantBy)) {
                continue;
            }
            node.checks(records).forEach(check -> all.add(Owned.of(node, check)));
            for (var use : uses(node)) {
                records.find(Need.input(node.slot()).forUse(use))
                        .ifPresent(record -> host.proofs(node.slot(), record, records)
                                .forEach(check -> all.add(new Owned(node.id(), check))));
            }
        }
        var ids = new TreeSet<>(later);
        all.forEach(owned -> ids.add(owned.check().id()));
        requireSkippable(all, ids, unpublished(blueprint, records));
        return run(all, trials);
    }

    /** Names the slots whose records are still to come, and with them checks that nobody knows yet. */
    private static Set<String> unpublished(Blueprint blueprint, Records records) {
        return blueprint.nodes().stream()
                .map(Node::slot)
                .filter(slot -> records.find(Need.input(slot)).isEmpty())
                .map(Slot::name)
                .collect(Collectors.toSet());
    }

    private void requireSkippable(List<Owned> all, Set<String> ids, Set<String> unpublished) {
        for (var id : new TreeSet<>(skipped.keySet())) {
            if (Optional.ofNullable(skipped.get(id)).orElse("").isBlank()) {
                throw new SkipRefused("--skip-check " + id + " names no reason: --skip-check " + id + "=REASON");
            }
            if (all.stream()
                    .anyMatch(owned ->
                            owned.check().id().equals(id) && owned.check().strict())) {
                throw new SkipRefused("--skip-check " + id + ": this check is strict and cannot be skipped");
            }
            if (ids.contains(id)) {
                continue;
            }
            if (!unpublished.contains(id.replaceFirst("\\..*", ""))) {
                throw new SkipRefused(
                        "--skip-check " + id + ": there is no check of that id; there are " + String.join(", ", ids));
            }
            listener.on(new RunEvent.Said(
                    true,
                    "--skip-check " + id + ": it is not among the checks of this run, as its slot is not there yet"));
        }
    }

    /** The platform's first. */
    private static List<String> uses(Node node) {
        return node.uses().stream()
                .sorted(Comparator.comparing((String use) -> !use.equals(Need.PLATFORM_USE))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Runs checks that belong to one component. Gives the problems of those that failed. */
    List<Problem> run(String component, List<Check> checks) throws InterruptedException {
        return run(checks.stream().map(check -> new Owned(component, check)).toList(), true);
    }

    private List<Problem> run(List<Owned> all, boolean trials) throws InterruptedException {
        var problems = new ArrayList<Problem>();
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var running = new ArrayList<Map.Entry<Owned, Future<Check.Result>>>();
            for (var owned : all) {
                if (owned.check().trial() && !trials) {
                    continue;
                }
                if (isSkipped(owned)) {
                    continue;
                }
                running.add(Map.entry(owned, executor.submit(() -> owned.probe().run())));
            }
            for (var entry : running) {
                tell(entry.getKey(), result(entry.getKey(), entry.getValue())).ifPresent(problems::add);
            }
        } finally {
            executor.shutdownNow();
        }
        return problems;
    }

    private boolean isSkipped(Owned owned) {
        var check = owned.check();
        var reason = Optional.ofNullable(skipped.get(check.id()));
        reason.ifPresent(words -> listener.on(new RunEvent.Checked(
                owned.component(), check.id(), check.title(), RunEvent.Outcome.SKIPPED, words, Optional.empty())));
        return reason.isPresent();
    }

    private static Check.Result result(Owned owned, Future<Check.Result> future) throws InterruptedException {
        try {
            return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            future.cancel(true);
            return new Check.Result.Failed(Problem.of(
                    Problem.Reason.UNREACHABLE,
                    owned.check().title() + ": no answer after " + DEADLINE.toSeconds() + " s",
                    "Look whether something on the way swallows packets"));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ProviderException expected) {
                return new Check.Result.Failed(expected.problem());
            }
            return new Check.Result.Failed(Problem.of(
                    Problem.Reason.FAILED,
                    "Check " + owned.check().id() + " of " + owned.component() + " has a fault: " + failed.getCause(),
                    "Tell its author"));
        }
    }

    private Optional<Problem> tell(Owned owned, Check.Result result) {
        return switch (result) {
            case Check.Result.Passed(String detail) -> {
                told(owned, RunEvent.Outcome.PASSED, detail, Optional.empty());
                yield Optional.empty();
            }
            case Check.Result.Simulated(String detail) -> {
                told(owned, RunEvent.Outcome.SIMULATED, detail, Optional.empty());
                yield Optional.empty();
            }
            case Check.Result.Warned(Problem problem) -> {
                told(owned, RunEvent.Outcome.WARNED, problem.summary(), Optional.of(problem));
                yield Optional.empty();
            }
            case Check.Result.Failed(Problem problem) -> {
                told(owned, RunEvent.Outcome.FAILED, problem.summary(), Optional.of(problem));
                yield Optional.of(problem);
            }
        };
    }

    private void told(Owned owned, RunEvent.Outcome outcome, String detail, Optional<Problem> problem) {
        var check = owned.check();
        listener.on(new RunEvent.Checked(owned.component(), check.id(), check.title(), outcome, detail, problem));
    }
}
