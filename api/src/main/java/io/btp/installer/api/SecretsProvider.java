package io.btp.installer.api;

import io.btp.installer.api.contract.SecretStore;

/**
 * Fills the secrets slot and keeps the secrets that the installer generates.
 *
 * @param <C> its configuration
 */
public interface SecretsProvider<C> extends Provider<C, SecretStore> {
    @Override
    default Slot<SecretStore> slot() {
        return Slots.SECRETS;
    }

    /**
     * Opens the storage behind {@link Secrets}. Called by the host when the store's record is published and whenever
     * it settles on a new one; contacts nothing.
     *
     * @param records holds the store's record and its needs
     */
    SecretStorage storage(C configuration, Records records, Context context);
}
