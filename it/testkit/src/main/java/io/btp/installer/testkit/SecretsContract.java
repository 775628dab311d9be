package io.btp.installer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.SecretsProvider;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The laws that a provider of a secret store keeps beside those of every provider.
 *
 * @param <C> the provider's configuration
 */
public abstract class SecretsContract<C> extends ProviderContract<C, SecretStore> {
    @Override
    protected abstract SecretsProvider<C> provider();

    @Test
    final void keepsSecretsAsTheyWereWrittenFirst() throws InterruptedException {
        var storage = spare().storage().orElseThrow();
        assertThat(storage.read("first")).isEmpty();

        storage.create("first", Canary.secret("one"));
        storage.create("first", Canary.secret("other"));
        storage.create("second", Secret.of("plain-" + Canary.text("two")));

        assertThat(storage.read("first").orElseThrow().matches(Canary.secret("one")))
                .isTrue();
        assertThat(storage.names()).contains("first", "second");
    }

    @Test
    final void removesSecretsOnceAndQuietlyAgain() throws InterruptedException {
        var storage = spare().storage().orElseThrow();
        storage.create("first", Canary.secret("one"));

        for (int time = 0; time < 2; time++) {
            var left = transcript().await(() -> {
                storage.remove("first");
                return Optional.empty();
            });
            assertThat(left).as("in the way of its removal").isEmpty();
        }

        assertThat(storage.read("first")).isEmpty();
        assertThat(storage.names()).doesNotContain("first");
    }
}
