package io.btp.installer.engine;

import io.btp.installer.api.Move;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Host;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings components whose upgrade failed back to where they were, where there is a way back. */
final class GoingBack {
    private static final int ROUNDS = 6;

    private final Host host;
    private final RunListener listener;
    private final Journal journal;

    GoingBack(Host host, RunListener listener, Journal journal) {
        this.host = host;
        this.listener = listener;
        this.journal = journal;
    }

    /** Looks for upgrades that failed, brings them back, and tells in their endings what became of them. */
    void after(Scene scene, Map<String, Runner.Ending> endings, StepRun steps) throws InterruptedException {
        var failed = scene.blueprint().nodes().stream()
                .filter(node -> why(endings, node).isPresent())
                .filter(node -> journal.moving(node).isPresent())
                .toList();
        if (failed.isEmpty()) {
            return;
        }
        var pins = Pins.of(scene.project(), Optional.of(journal.before(failed)), Pins.Wish.NOTHING, host);
        try (var blueprint = Blueprint.of(
                pins.project().members(),
                pins.project().support(),
                loan -> failed.stream().anyMatch(node -> node.provider().equals(loan.provider()))
                        ? host.lendBack(loan)
                        : host.lend(loan))) {
            for (var node : failed) {
                endings.put(node.id(), ending(scene, node, why(endings, node).orElseThrow(), blueprint, steps));
            }
        }
    }

    /** Says why a component did not get where it was to go; empty where it did, or was not let. */
    private static Optional<Problem> why(Map<String, Runner.Ending> endings, Node node) {
        return switch (endings.get(node.id())) {
            case Runner.Ending.Failed(Problem problem) -> Optional.of(problem);
            case Runner.Ending.Restless(Problem problem) -> Optional.of(problem);
            case null, default -> Optional.empty();
        };
    }

    private Runner.Ending ending(Scene scene, Node node, Problem why, Blueprint blueprint, StepRun steps) {
        var moves = scene.pins().moves(node.provider());
        try {
            say(true, node.id() + " did not get to " + words(moves, false) + ": it goes back");
            var hindrance = goBack(node, blueprint, steps);
            if (hindrance.isPresent()) {
                return new Runner.Ending.Failed(stuck(node, moves, why, hindrance.get()));
            }
            journal.back(node);
            say(false, node.id() + " is back at " + words(moves, true));
            return new Runner.Ending.Failed(back(node, moves, why));
        } catch (ProviderException failed) {
            return new Runner.Ending.Failed(stuck(node, moves, why, failed.problem()));
        } catch (InterruptedException stopped) {
            return new Runner.Ending.Stopped();
        }
    }

    private void say(boolean warning, String words) {
        listener.on(new RunEvent.Said(warning, words));
    }

    private static String words(List<Move> moves, boolean back) {
        return moves.stream()
                .map(move -> move.part() + " " + (back ? move.from() : move.to()))
                .collect(Collectors.joining(", "));
    }

    private static Problem back(Node node, List<Move> moves, Problem why) {
        return Problem.of(
                        why.reason(),
                        "%s did not get to %s; it runs %s again"
                                .formatted(node.id(), words(moves, false), words(moves, true)),
                        "Mend what is named, then run btp upgrade " + node.id())
                .causedBy(why);
    }

    private static Problem stuck(Node node, List<Move> moves, Problem why, Problem hindrance) {
        return Problem.of(
                        why.reason(),
                        "%s did not get to %s, and cannot go back to %s"
                                .formatted(node.id(), words(moves, false), words(moves, true)),
                        "Mend what is named; btp upgrade " + node.id() + " then goes on")
                .causedBy(why, hindrance);
    }

    /** Says what is in the way, if it does not come back. */
    private static Optional<Problem> goBack(Node node, Blueprint blueprint, StepRun steps) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            var seen = new Planner(blueprint).plan();
            var plan = seen.plan().components().stream()
                    .filter(entry -> entry.component().equals(node.id()))
                    .map(Drawn.Entry::plan)
                    .findFirst()
                    .orElseThrow();
            var hindrance = plan.blocked().or(() -> hindrance(plan, seen.records()));
            if (hindrance.isPresent() || plan.isEmpty()) {
                return hindrance;
            }
            for (var step : plan.steps()) {
                steps.run(node.id(), node.provider(), step);
            }
        }
        return Optional.of(Problem.of(
                Problem.Reason.NOT_READY,
                "After " + ROUNDS + " rounds there are still steps to do",
                "See btp status for what is left"));
    }

    private static Optional<Problem> hindrance(Plan plan, Records records) {
        return plan.steps().stream()
                .filter(step -> step.impact() == Step.Impact.DATA_LOSS
                        || !step.after().stream().allMatch(need -> Board.meets(records, need)))
                .findFirst()
                .map(step -> Problem.of(
                        Problem.Reason.CONFLICT,
                        step.impact() == Step.Impact.DATA_LOSS
                                ? "To " + step + " would lose data"
                                : "To " + step + " needs what is not there now",
                        "Go on to the new version, or mend it by hand"));
    }
}
