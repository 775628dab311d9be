package io.btp.installer.api;

import io.btp.installer.api.contract.Secret;

/**
 * A user name with its password, for a proxy or a registry.
 *
 * @param username who; without a colon, as HTTP basic authentication demands
 * @param password the proof; resolved beside the call that sends it
 */
public record Login(String username, Secret password) {
    /** Checks the user name. */
    public Login {
        if (username.isEmpty() || username.contains(":")) {
            throw new IllegalArgumentException("a user name is not empty and has no colon: " + username);
        }
    }
}
