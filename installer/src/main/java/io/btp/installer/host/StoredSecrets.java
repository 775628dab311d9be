package io.btp.installer.host;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.Secrets;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Generated secrets in the chosen store; while it is missing, nothing is found. */
final class StoredSecrets implements Secrets {
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";

    private final Optional<SecretStorage> storage;
    private final RandomGenerator random;

    /**
     * Lends a store.
     *
     * @param random unpredictable
     */
    StoredSecrets(Optional<SecretStorage> storage, RandomGenerator random) {
        this.storage = storage;
        this.random = random;
    }

    @Override
    public Optional<Secret> find(String name) throws InterruptedException {
        return storage.isEmpty() ? Optional.empty() : storage.get().read(name);
    }

    @Override
    public List<Step> steps(String name, Rule rule) throws InterruptedException {
        if (find(name).isPresent()) {
            return List.of();
        }
        return List.of(
                Step.create("secret " + name, progress -> make(name, rule)).after(Slots.SECRETS));
    }

    private void make(String name, Rule rule) throws InterruptedException {
        var store = storage.orElseThrow(
                () -> new IllegalStateException("a step that was planned without the secret store must not run"));
        store.create(name, generated(rule));
        if (store.read(name).isEmpty()) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.TRANSIENT,
                    "The secret store took " + name + " and does not give it back",
                    "Look at the secret store's health, then run again"));
        }
    }

    private Secret generated(Rule rule) {
        var alphabet = switch (rule.alphabet()) {
            case ALPHANUMERIC -> ALPHANUMERIC;
            case HEX -> HEX;
        };
        var text = new StringBuilder(rule.length());
        for (int i = 0; i < rule.length(); i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return Secret.of(text.toString());
    }

    @Override
    public List<Step> removal(String name) throws InterruptedException {
        var store = storage;
        if (store.isEmpty() || store.get().read(name).isEmpty()) {
            return List.of();
        }
        return List.of(Step.delete("secret " + name, progress -> store.get().remove(name)));
    }
}
