package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.concurrent.Turns;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs single steps: fenced, bounded in number, with another try for what may pass by itself. */
final class StepRun {
    private static final int TRIES = 4;

    private final Fence fence;
    private final Stop stop;
    private final Pace pace;
    private final Map<String, Duration> deadlines;
    private final Map<String, Duration> urgency;
    private final Turns turns;
    private final RunListener listener;

    /**
     * Runs steps.
     *
     * @param urgency of components: whose steps go first where there are too many
     */
    StepRun(Fence fence, Stop stop, Pace pace, Settings settings, Map<String, Duration> urgency, RunListener listener) {
        this.fence = fence;
        this.stop = stop;
        this.pace = pace;
        this.deadlines = settings.deadlines();
        this.urgency = urgency;
        this.turns = new Turns(settings.parallelism());
        this.listener = listener;
    }

    /**
     * Runs a step and says so.
     *
     * @throws ProviderException if it failed
     */
    void run(String component, Provider<?, ?> provider, Step step) throws InterruptedException {
        ScopedValue.where(Turns.URGENCY, urgency.getOrDefault(component, Duration.ZERO))
                .call(() -> step.kind() == Step.Kind.AWAIT
                        ? stop.abandonable(() -> reported(component, provider, step))
                        : change(component, provider, step));
    }

    private Duration change(String component, Provider<?, ?> provider, Step step) throws InterruptedException {
        stop.abandonable(() -> {
            turns.take();
            return turns;
        });
        try {
            return stop.change(() -> reported(component, provider, step));
        } finally {
            turns.giveBack();
        }
    }

    private Duration reported(String component, Provider<?, ?> provider, Step step) throws InterruptedException {
        var began = pace.now();
        listener.on(new RunEvent.StepStarted(component, step.kind(), step.target(), step.usually()));
        try {
            attempt(component, provider, step);
        } catch (ProviderException failed) {
            listener.on(new RunEvent.StepFailed(component, step.kind(), step.target(), failed.problem()));
            throw failed;
        }
        var took = pace.now().minus(began);
        listener.on(new RunEvent.StepFinished(component, step.kind(), step.target(), took));
        return took;
    }

    private void attempt(String component, Provider<?, ?> provider, Step step) throws InterruptedException {
        var progress = new Poller(
                pace,
                Optional.ofNullable(deadlines.get(component)),
                message -> listener.on(new RunEvent.StepProgressed(component, step.kind(), step.target(), message)));
        for (int attempt = 1; ; attempt++) {
            fence.requireOwnership();
            try {
                Faults.interruptiblyOf(provider, () -> {
                    step.action().run(progress);
                    return step;
                });
                return;
            } catch (ProviderException failed) {
                // What the loss of the lock brings about is no failure of the step.
                fence.requireOwnership();
                if (failed.problem().reason() != Problem.Reason.TRANSIENT || attempt == TRIES) {
                    throw failed;
                }
                progress.say("try " + (attempt + 1) + " of " + TRIES + ": "
                        + failed.problem().summary());
                pace.pause(Duration.ofSeconds(1L << attempt));
            }
        }
    }
}
