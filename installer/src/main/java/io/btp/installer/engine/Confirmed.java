package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the user said yes to. Later plans of the same run must stay within it. */
final class Confirmed {
    private final Map<String, Map<String, Step>> allowed;

    Confirmed(Map<String, Map<String, Step>> allowed) {
        this.allowed = allowed;
    }

    /**
     * Says what is wrong with a step that was not confirmed. Waiting is always allowed; who confirmed that a thing is
     * made has confirmed that it is brought to what was asked, at no higher impact than a restart.
     */
    Optional<Problem> violation(String component, Step step) {
        if (step.kind() == Step.Kind.AWAIT) {
            return Optional.empty();
        }
        var ofComponent = allowed.getOrDefault(component, Map.of());
        var same = Optional.ofNullable(ofComponent.get(step.toString()));
        if (same.isPresent() && step.impact().compareTo(same.get().impact()) <= 0) {
            return Optional.empty();
        }
        var created = ofComponent.containsKey("create " + step.target());
        if (created && step.kind() != Step.Kind.DELETE && step.impact().compareTo(Step.Impact.RESTART) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                        Problem.Reason.CONFLICT,
                        "The plan changed: " + component + " now wants to " + step + ", which was not confirmed"
                                + same.map(before -> " at impact " + step.impact())
                                        .orElse(""),
                        "Look at the new plan and confirm it: run the same command again")
                .evidence(List.of("confirmed for " + component + ": " + String.join(", ", ofComponent.keySet()))));
    }
}
