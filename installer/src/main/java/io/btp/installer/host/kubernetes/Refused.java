package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Problem.Reason;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the words mean by which an API server refuses an object, whoever passes them on: an answer, an event, or Helm.
 *
 * @param reason class of the problem
 * @param what what is in the way
 * @param remedy what to do
 */
public record Refused(Reason reason, String what, String remedy) {
    private record Meaning(Pattern words, Refused refused) {}

    private static final List<Meaning> MEANINGS = List.of(
            meaning(
                    "exceeded quota|failed quota",
                    Reason.QUOTA,
                    "a ResourceQuota of the namespace is in the way",
                    "Raise the ResourceQuota, or ask for less in the answers"),
            meaning(
                    "(usage|ratio) per (Container|Pod|PersistentVolumeClaim) is ",
                    Reason.FORBIDDEN,
                    "a LimitRange of the namespace is in the way",
                    "Change the LimitRange, or ask for what it allows in the answers"),
            meaning(
                    "violates PodSecurity",
                    Reason.FORBIDDEN,
                    "the pod security level of the namespace does not allow it",
                    "Lower the label pod-security.kubernetes.io/enforce of the namespace, or set a stricter security"
                            + " context in the values"),
            meaning(
                    "denied the request|denied request",
                    Reason.FORBIDDEN,
                    "a policy of the cluster does not allow it",
                    "Change the object as the policy's words say, or ask who runs the policy for an exception"),
            meaning(
                    "failed calling webhook|conversion webhook",
                    Reason.NOT_READY,
                    "an admission webhook does not answer",
                    "See why the webhook's pods are not ready, or remove its webhook configuration when its operator"
                            + " is gone"),
            meaning(
                    "field is immutable|Forbidden: updates to|may not change once set",
                    Reason.INVALID,
                    "a field is to change that cannot be changed in place",
                    "Set the old value again, or delete the object: the next run makes it anew"));

    private static Meaning meaning(String words, Reason reason, String what, String remedy) {
        return new Meaning(Pattern.compile(words), new Refused(reason, what, remedy));
    }

    /** Finds out what words mean; empty where they are others. */
    public static Optional<Refused> by(String words) {
        return MEANINGS.stream()
                .filter(meaning -> meaning.words().matcher(words).find())
                .map(Meaning::refused)
                .findFirst();
    }
}
