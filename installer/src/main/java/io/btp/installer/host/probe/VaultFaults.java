package io.btp.installer.host.probe;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.SecretStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names why Vault or OpenBao refused. Its states: https://developer.hashicorp.com/vault/api-docs/system/health
 */
record VaultFaults(SecretStore store, Subject subject) {
    private static final int LONGEST_WORDS = 300;

    /** Names the state in which it serves nobody. */
    Problem unfit(Web.Answer health) {
        var problem = switch (health.status()) {
            case 501 ->
                Problem.of(
                        Reason.NOT_READY,
                        "%s was never initialised".formatted(subject.name()),
                        "Initialise and unseal it: vault operator init, then vault operator unseal");
            case 503 ->
                Problem.of(
                        Reason.NOT_READY, "%s is sealed".formatted(subject.name()), "Unseal it: vault operator unseal");
            case 472 ->
                Problem.of(
                        Reason.UNSUPPORTED,
                        "%s is a secondary for disaster recovery, which serves nobody".formatted(subject.name()),
                        "Answer the address of the primary");
            case 404, 405 ->
                Problem.of(
                        Reason.INVALID,
                        "%s does not answer as Vault or OpenBao does".formatted(subject.name()),
                        "Answer its base address, without /v1 and /ui");
            default ->
                Problem.of(
                        Reason.TRANSIENT,
                        "%s answered with status %d".formatted(subject.name(), health.status()),
                        "Look whether it is well, then run the same command again");
        };
        return problem.evidence(List.of(said(health)));
    }

    Problem unknownToken(Web.Answer answer) {
        return Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not know the token, or it has expired".formatted(subject.name()),
                        "Answer a valid token; where the store has namespaces, it belongs to one")
                .evidence(List.of(said(answer)));
    }

    Problem loginRefused(Web.Answer answer) {
        if (answer.status() == 503 || answer.status() == 501) {
            return unfit(answer);
        }
        return Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not accept role id and secret id".formatted(subject.name()),
                        "Correct roleId and secretId; the AppRole method has to be turned on at approle/, and a secret"
                                + " id may have run out")
                .evidence(List.of(said(answer)));
    }

    Problem expires(Duration left, @Nullable Object when) {
        return Problem.of(
                Reason.NOT_READY,
                "The token of %s expires in %s, at %s".formatted(subject.name(), words(left), when),
                "Answer a periodic token and renew it, or roleId and secretId: afterwards the platform is locked out");
    }

    private static String words(Duration left) {
        if (left.toDays() > 1) {
            return left.toDays() + " days";
        }
        return left.toHours() > 1 ? left.toHours() + " hours" : left.toMinutes() + " minutes";
    }

    Problem root() {
        return Problem.of(
                Reason.FORBIDDEN,
                "The token of %s is a root token, which may do everything".formatted(subject.name()),
                "Answer a token with the policy of the documentation");
    }

    Problem noMount(Web.Answer answer) {
        return Problem.of(
                        Reason.NOT_FOUND,
                        "There is no secrets engine at %s, or the token may not see it".formatted(store.prefix()),
                        "Turn one on: vault secrets enable -path=MOUNT -version=2 kv; or correct mount and the token's"
                                + " policy")
                .evidence(List.of(said(answer)));
    }

    Problem otherMount(String mount) {
        return Problem.of(
                Reason.UNSUPPORTED,
                "The secrets engine at %s is no key-value store of version 2".formatted(mount),
                "Answer the mount of one: vault secrets enable -path=MOUNT -version=2 kv");
    }

    Problem forbidden(String mount, List<String> missing) {
        return Problem.of(Reason.FORBIDDEN, "The token lacks rights under %s".formatted(store.prefix()), policy(mount))
                .evidence(missing.stream().map("Missing: "::concat).toList());
    }

    private String policy(String mount) {
        var below = (store.prefix() + "/").substring(mount.length());
        return "Give it this policy: path \"%1$sdata/%2$s*\" { capabilities = [\"create\", \"read\"] } path \"%1$smetadata/%2$s*\" { capabilities = [\"read\", \"list\", \"delete\"] }"
                .formatted(mount, below);
    }

    Problem notTheSame() {
        return Problem.of(
                Reason.FAILED,
                "%s does not give back what was written a moment ago".formatted(subject.name()),
                "Answer the address of the active server");
    }

    Problem unreadable(String name) {
        return Problem.of(
                Reason.FAILED,
                "%s/%s holds no readable value".formatted(store.prefix(), name),
                "Bring it back from an older version; where nothing uses the secret yet, delete it and run again");
    }

    Problem deleted(String name) {
        return Problem.of(
                Reason.CONFLICT,
                "%s/%s was deleted, and its older versions are still there".formatted(store.prefix(), name),
                "Bring it back: vault kv undelete; or where nothing uses it, remove all of it: vault kv metadata delete");
    }

    Problem onlyInside(Access.WorkloadIdentity workload) {
        return Problem.of(
                Reason.UNSUPPORTED,
                "Access to %s was not proved: only pods of service account %s get the role %s"
                        .formatted(store.prefix(), workload.serviceAccount(), workload.role()),
                "The smoke checks after the install prove it from inside");
    }

    Problem refused(Web.Answer answer, String purpose) {
        return problem(answer, purpose).evidence(List.of(said(answer)));
    }

    private Problem problem(Web.Answer answer, String purpose) {
        return switch (answer.status()) {
            case 501, 503, 472 -> unfit(answer);
            case 403 ->
                Problem.of(
                        Reason.FORBIDDEN,
                        "The token may not %s under %s".formatted(purpose, store.prefix()),
                        "Give it create and read on data, and read, list and delete on metadata of the prefix");
            case 429, 500, 502, 504 ->
                Problem.of(
                        Reason.TRANSIENT,
                        "%s could not %s now".formatted(subject.name(), purpose),
                        "Look whether it is well, then run the same command again");
            default ->
                Problem.of(
                        Reason.FAILED,
                        "%s refused to %s".formatted(subject.name(), purpose),
                        "See what it says, and its log");
        };
    }

    private static String said(Web.Answer answer) {
        var errors = answer.json().map(object -> object.get("errors")).orElse(null);
        var words = errors instanceof List<?> all && !all.isEmpty()
                ? all.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : answer.text();
        var line = words.replaceAll("\\s+", " ").strip();
        return "The secret store said: %d %s"
                .formatted(
                        answer.status(),
                        line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + " …")
                .strip();
    }
}
