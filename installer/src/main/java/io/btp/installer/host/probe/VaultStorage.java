package io.btp.installer.host.probe;

import io.btp.installer.api.ProviderException;
import io.btp.installer.api.SecretStorage;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.tunnel.Bounded;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Generated secrets in HashiCorp Vault or OpenBao: {@code PREFIX/NAME} of a key-value store of version 2, with the key
 * {@code value}.
 */
final class VaultStorage implements SecretStorage {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String KEY = "value";

    private final Subject subject;
    private final Vault vault;
    private final VaultFaults faults;

    VaultStorage(Subject subject, Vault vault, VaultFaults faults) {
        this.subject = subject;
        this.vault = vault;
        this.faults = faults;
    }

    @Override
    public Optional<Secret> read(String name) throws InterruptedException {
        return in(token -> read(name, vault.mount(token), token));
    }

    private Optional<Secret> read(String name, String mount, Secret token) throws IOException {
        var answer = vault.get(mount + "data/" + vault.below(mount, name), token);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        var data = vault.data(answer, "read a secret");
        if (data.get("data") instanceof Map<?, ?> values
                && values.get(KEY) instanceof String value
                && !value.isEmpty()) {
            return Optional.of(Secret.of(value));
        }
        throw new ProviderException(faults.unreadable(name));
    }

    /** Whatever the refusal says: it is a fault only where nothing is there afterwards. */
    @Override
    public void create(String name, Secret value) throws InterruptedException {
        in(token -> {
            var mount = vault.mount(token);
            var once = Map.of("options", Map.of("cas", 0), "data", Map.of(KEY, value.reveal()));
            var answer = vault.send(SdkHttpMethod.PUT, mount + "data/" + vault.below(mount, name), token, once);
            if (answer.status() / 100 == 2 || read(name, mount, token).isPresent()) {
                return name;
            }
            if (answer.status() == 400) {
                throw new ProviderException(faults.deleted(name));
            }
            vault.told(answer, "create a secret");
            return name;
        });
    }

    @Override
    public void remove(String name) throws InterruptedException {
        in(token -> {
            var mount = vault.mount(token);
            var answer =
                    vault.send(SdkHttpMethod.DELETE, mount + "metadata/" + vault.below(mount, name), token, Map.of());
            if (answer.status() != 404) {
                vault.told(answer, "delete a secret");
            }
            return name;
        });
    }

    @Override
    public Set<String> names() throws InterruptedException {
        return in(token -> {
            var mount = vault.mount(token);
            var answer = vault.get(mount + "metadata/" + vault.below(mount, "") + "?list=true", token);
            if (answer.status() == 404) {
                return Set.of();
            }
            var keys = vault.data(answer, "list secrets").get("keys");
            return (keys instanceof List<?> all ? all : List.of())
                    .stream()
                            .map(String::valueOf)
                            .filter(name -> !name.endsWith("/"))
                            .collect(Collectors.toUnmodifiableSet());
        });
    }

    private <T> T in(Vault.Use<T> use) throws InterruptedException {
        try {
            return Bounded.call(LIMIT, () -> vault.in(use));
        } catch (IOException broken) {
            throw new ProviderException(
                    Faults.of(broken, subject.name(), subject.line().host()), broken);
        }
    }
}
