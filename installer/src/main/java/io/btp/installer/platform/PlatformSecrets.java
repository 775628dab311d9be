package io.btp.installer.platform;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The platform's own secrets: given in the answers, or generated into the secret store.
 *
 * @param jwtSigningKey signs the platform's own tokens
 * @param ipfsClusterSecret shared by the peers of the IPFS cluster
 * @param stateEncryptionKey encrypts the deployment engine's state
 * @param grafanaPassword of the administrator of the platform's own Grafana
 */
record PlatformSecrets(
        Secret jwtSigningKey, Secret ipfsClusterSecret, Secret stateEncryptionKey, Secret grafanaPassword) {
    /**
     * One of them, as it is generated.
     *
     * @param question in the answers
     * @param name in the secret store
     * @param rule how it is made
     * @param demand pattern that a given one must match as a whole
     */
    record Kind(String question, String name, Secrets.Rule rule, String demand) {}

    static final Kind JWT =
            new Kind("secrets.jwtSigningKey", "platform-jwt-signing-key", alphanumeric(), "(?s).{32,512}");
    static final Kind IPFS = new Kind(
            "secrets.ipfsClusterSecret",
            "platform-ipfs-cluster-secret",
            new Secrets.Rule(64, Secrets.Alphabet.HEX),
            "[0-9a-fA-F]{64}");
    static final Kind STATE =
            new Kind("secrets.stateEncryptionKey", "platform-state-encryption-key", alphanumeric(), "(?s).{32,512}");
    static final Kind GRAFANA = new Kind("", "platform-grafana-password", alphanumeric(), "(?s).{12,512}");
    static final List<Kind> ALL = List.of(JWT, IPFS, STATE, GRAFANA);

    private static Secrets.Rule alphanumeric() {
        return new Secrets.Rule(32, Secrets.Alphabet.ALPHANUMERIC);
    }

    static Optional<Secret> given(PlatformConfiguration.Given given, Kind kind) {
        if (kind.equals(JWT)) {
            return given.jwtSigningKey();
        }
        if (kind.equals(IPFS)) {
            return given.ipfsClusterSecret();
        }
        return kind.equals(STATE) ? given.stateEncryptionKey() : Optional.empty();
    }

    /** Says which secrets are still to be generated. */
    static List<Step> steps(PlatformConfiguration.Given given, Secrets store) throws InterruptedException {
        var steps = new ArrayList<Step>();
        for (var kind : ALL) {
            if (given(given, kind).isEmpty()) {
                steps.addAll(store.steps(kind.name(), kind.rule()));
            }
        }
        return steps;
    }

    /** Gives the first secret that is still to be generated. */
    static Optional<Kind> missing(PlatformConfiguration.Given given, Secrets store) throws InterruptedException {
        for (var kind : ALL) {
            if (given(given, kind).isEmpty() && store.find(kind.name()).isEmpty()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Refers to all of them. What is generated is looked up at each reveal: the steps before the release make it. */
    static PlatformSecrets of(PlatformConfiguration.Given given, Secrets store) {
        return new PlatformSecrets(
                secret(given, JWT, store),
                secret(given, IPFS, store),
                secret(given, STATE, store),
                secret(given, GRAFANA, store));
    }

    private static Secret secret(PlatformConfiguration.Given given, Kind kind, Secrets store) {
        return given(given, kind).orElseGet(() -> Secret.resolvedBy(() -> lookedUp(kind, store)));
    }

    private static String lookedUp(Kind kind, Secrets store) {
        try {
            return store.find(kind.name())
                    .orElseThrow(() -> new ProviderException(lost(kind)))
                    .reveal();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ProviderException(
                    Problem.of(Problem.Reason.TRANSIENT, "Reading secret " + kind.name() + " was stopped", ""),
                    stopped);
        }
    }

    static Problem lost(Kind kind) {
        return Problem.of(
                Problem.Reason.NOT_FOUND,
                "The secret store has no " + kind.name() + ", which the platform uses",
                "Restore it in the secret store from a backup; it is never made anew while something uses it");
    }
}
