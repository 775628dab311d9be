package io.btp.installer.testkit;

import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.contract.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A secret store in memory, which outlives the runs of one world. What it keeps are canaries, the same in every run. */
final class KitSecrets implements SecretStorage {
    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();

    @Override
    public Optional<Secret> read(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    /** Keeps what another writer has just put there, as stores may. */
    @Override
    public void create(String name, Secret value) {
        secrets.putIfAbsent(name, Canary.like(name, value));
    }

    @Override
    public void remove(String name) {
        secrets.remove(name);
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(secrets.keySet());
    }
}
