package io.btp.installer.api;

import io.btp.installer.api.contract.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * Reads and writes generated secrets of one installation, by name. Implemented by plugins, called only by the host.
 *
 * <p>Names are DNS labels. Every method throws {@link ProviderException} when the store cannot be reached or refuses.
 */
public interface SecretStorage {
    /** Reads a secret; empty where there is none of that name. */
    Optional<Secret> read(String name) throws InterruptedException;

    /** Writes a secret that is not there yet. Where another writer was faster, keeps what is there and returns. */
    void create(String name, Secret value) throws InterruptedException;

    /** Removes a secret; returns quietly where there is none. */
    void remove(String name) throws InterruptedException;

    /** Lists the names of this installation's secrets. */
    Set<String> names() throws InterruptedException;
}
