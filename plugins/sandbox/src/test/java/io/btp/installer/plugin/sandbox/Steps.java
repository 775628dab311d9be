package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Component;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import java.time.Duration;
import java.util.List;

/** Runs plans as the engine does: observe, run, observe again until nothing is left. */
final class Steps implements Progress {
    private static final int ROUNDS = 6;

    /** Plans again and again. */
    @FunctionalInterface
    interface Planning {
        Plan plan() throws InterruptedException;
    }

    static List<String> targets(Plan plan) {
        return plan.steps().stream().map(String::valueOf).toList();
    }

    static void converge(Component<?> component, Records records) throws InterruptedException {
        converge(() -> component.observe(records).install());
    }

    static void converge(Planning planning) throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            var plan = planning.plan();
            plan.blocked().ifPresent(problem -> {
                throw new ProviderException(problem);
            });
            if (plan.isEmpty()) {
                return;
            }
            for (var step : plan.steps()) {
                step.action().run(new Steps());
            }
        }
        throw new AssertionError("did not converge: " + targets(planning.plan()));
    }

    @Override
    public void say(String message) {}

    @Override
    public void at(int done, int total) {}

    @Override
    public void until(Duration usually, Poll poll) throws InterruptedException {
        var missing = poll.missing().map(Problem::summary);
        if (missing.isPresent()) {
            throw new ProviderException(Problem.of(Problem.Reason.NOT_READY, missing.get(), "wait"));
        }
    }
}
