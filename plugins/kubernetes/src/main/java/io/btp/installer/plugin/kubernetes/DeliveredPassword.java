package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Context;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A generated password and the owner-labelled Secret that delivers it to what needs one in its namespace: made in the
 * secret store first, then copied.
 *
 * @param value the password, once the store has it
 * @param steps what is to be made or mended
 * @param lost the problem where the password is in use and the store does not have it any more
 */
record DeliveredPassword(Optional<Secret> value, List<Step> steps, Optional<Problem> lost) {
    private static final Secrets.Rule RULE = new Secrets.Rule(32, Secrets.Alphabet.ALPHANUMERIC);

    /**
     * Looks.
     *
     * @param name name in the secret store
     * @param copy gives the manifest of the Secret that delivers it
     * @param inUse whether something works with the password already
     */
    static DeliveredPassword look(
            Context context, Records records, String name, Function<Secret, Map<String, Object>> copy, boolean inUse)
            throws InterruptedException {
        var secrets = context.secrets(records);
        var kubernetes = context.kubernetes(records);
        var late = Secret.resolvedBy(() -> stored(secrets, name).reveal());
        var value = secrets.find(name);
        if (value.isPresent()) {
            return new DeliveredPassword(
                    value, waiting(kubernetes.steps(List.of(copy.apply(value.get())))), Optional.empty());
        }
        var ref = ObjectRef.to(copy.apply(late));
        if (inUse || kubernetes.find(ref).isPresent()) {
            // Before the store is known, nothing can be said of what it holds.
            var lost = records.find(Slots.SECRETS).map(store -> lost(name, ref));
            return new DeliveredPassword(Optional.empty(), List.of(), lost);
        }
        var steps = new ArrayList<>(secrets.steps(name, RULE));
        steps.addAll(kubernetes.steps(List.of(copy.apply(late))));
        return new DeliveredPassword(Optional.empty(), waiting(steps), Optional.empty());
    }

    private static List<Step> waiting(List<Step> steps) {
        return steps.stream()
                .map(step -> step.after(Slots.NAMESPACES, Slots.SECRETS))
                .toList();
    }

    private static Secret stored(Secrets secrets, String name) {
        try {
            return secrets.find(name)
                    .orElseThrow(() -> new ProviderException(Problem.of(
                            Problem.Reason.NOT_FOUND,
                            "The secret store does not have " + name,
                            "Run the same command again; it is made first")));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProviderException(
                    Problem.of(
                            Problem.Reason.FAILED,
                            "Interrupted while the secret " + name + " was read",
                            "Run the same command again; it goes on where it was"),
                    interrupted);
        }
    }

    private static Problem lost(String name, ObjectRef copy) {
        return Problem.of(
                Problem.Reason.FAILED,
                "The secret store does not have %s any more, and it is in use".formatted(name),
                "Bring it back into the store from a backup or from the copy in %s; a new one would not fit"
                        .formatted(copy));
    }
}
