package io.btp.installer.terminal;

import io.btp.installer.api.Problem;
import io.btp.installer.event.RunEvent;
import io.btp.installer.screen.Input;
import io.btp.installer.wizard.Prover;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.screen.Effect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Proves places beside a walk, one after the other. Whoever was refused a login at a place waits longer each time before it is tried
 * there again by itself, so that no account is locked by somebody who is still looking for the right password.
 */
final class Proofs {
    private static final long LONGEST_SECONDS = 60;

    private final Questionnaire questionnaire;
    private final Prover prover;
    private final Consumer<Input> listener;
    private final Later later;
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    /** Does something later, one thing after the other. */
    @FunctionalInterface
    interface Later {
        void after(long seconds, Runnable deed);
    }

    /** Proves for a listener. */
    Proofs(Questionnaire questionnaire, Prover prover, Consumer<Input> listener, Later later) {
        this.questionnaire = questionnaire;
        this.prover = prover;
        this.listener = listener;
        this.later = later;
    }

    /** Has a place proved: at once where it is wished for, else after a pause where the last login was refused. */
    synchronized void begin(Effect.Prove prove) {
        newest.put(prove.place(), prove.subject());
        long pause = prove.trials() ? 0 : pause(refusals.getOrDefault(prove.place(), 0));
        later.after(pause, () -> prove(prove));
    }

    /** Gives the seconds after so many refusals: 2, 4, 8 and so on. */
    private static long pause(int refused) {
        return refused == 0 ? 0 : Math.min(LONGEST_SECONDS, 1L << Math.min(refused, Integer.SIZE));
    }

    private synchronized boolean isNewest(Effect.Prove prove) {
        return prove.subject().equals(newest.get(prove.place()));
    }

    private synchronized void ended(String place, List<RunEvent.Checked> checks) {
        if (checks.stream().anyMatch(Proofs::isRefused)) {
            refusals.merge(place, 1, Integer::sum);
        } else {
            refusals.remove(place);
        }
    }

    private static boolean isRefused(RunEvent.Checked check) {
        return check.problem()
                .filter(problem -> problem.root().reason() == Problem.Reason.UNAUTHENTICATED)
                .isPresent();
    }

    private void prove(Effect.Prove prove) {
        if (!isNewest(prove)) {
            return;
        }
        try {
            var checks = prover.prove(questionnaire.answers(prove.draft()), prove.place(), prove.trials());
            ended(prove.place(), checks);
            listener.accept(new Input.Proved(prove.place(), prove.subject(), checks));
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }
}
