package io.btp.installer.api;

import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Lends generated secrets, whatever store was chosen. Host port: plugins only call it.
 *
 * <p>While the store does not exist yet, nothing is found and every secret is still to be made.
 */
public interface Secrets {
    /**
     * Says how a secret is made.
     *
     * @param length number of characters
     * @param alphabet which characters
     */
    record Rule(int length, Alphabet alphabet) {
        /** Checks the length. */
        public Rule {
            if (length < 8 || length > 512) {
                throw new IllegalArgumentException("a generated secret has 8 to 512 characters: " + length);
            }
        }
    }

    /** Characters that a generated secret is made of. */
    enum Alphabet {
        /** Letters and digits: safe in every connection string. */
        ALPHANUMERIC,
        /** Lower-case hexadecimal digits. */
        HEX
    }

    /** Reads a secret; empty where it was not made yet. */
    Optional<Secret> find(String name) throws InterruptedException;

    /**
     * Says which steps make a secret: none where it is there, otherwise one that creates it and reads it back.
     *
     * @param name DNS label, unique in the installation
     */
    List<Step> steps(String name, Rule rule) throws InterruptedException;

    /** Says which steps remove a secret: none where it is not there. */
    List<Step> removal(String name) throws InterruptedException;
}
