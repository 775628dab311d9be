package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Change;
import io.btp.installer.api.Kubernetes;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Custom resources whose operator has a webhook, which refuses everything in its first seconds. */
final class Admission {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Admission() {}

    /**
     * Says which steps bring a resource to its manifest; they ask again for a while. While the webhook does not answer,
     * the resource cannot be compared; the operator may be what this very plan mends, so the comparison is put off until
     * the step runs.
     */
    static List<Step> steps(Kubernetes kubernetes, Map<String, Object> manifest) throws InterruptedException {
        try {
            return kubernetes.steps(List.of(manifest)).stream()
                    .map(Admission::patient)
                    .toList();
        } catch (ProviderException refused) {
            if (refused.problem().reason() != Problem.Reason.NOT_READY) {
                throw refused;
            }
            Step.Action action = progress -> {
                for (var step : kubernetes.steps(List.of(manifest))) {
                    step.action().run(progress);
                }
            };
            return List.of(patient(Step.update(ObjectRef.to(manifest).toString(), action)
                    .changing(Change.to("spec", "known after the operator's webhook answers"))));
        }
    }

    private static Step patient(Step step) {
        return step.doing(progress -> progress.until(PATIENCE, () -> refusal(step.action(), progress)));
    }

    private static Optional<Problem> refusal(Step.Action action, Progress progress) throws InterruptedException {
        try {
            action.run(progress);
            return Optional.empty();
        } catch (ProviderException refused) {
            if (refused.problem().reason() != Problem.Reason.NOT_READY) {
                throw refused;
            }
            return Optional.of(refused.problem());
        }
    }
}
