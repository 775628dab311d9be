package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.contract.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The key of an ACME account. cert-manager would make one too, in a Secret that nobody could tell the owner of; as with
 * the keys of certificates, the Secret that cert-manager reads is its only store, and a lost one is a new account.
 */
final class AccountKey {
    private static final int BITS = 2048;
    private static final String PEM = "PRIVATE KEY";

    private AccountKey() {}

    /** Gives a key that is made when it is first used. */
    static Secret generated() {
        Map<String, String> once = new ConcurrentHashMap<>();
        return Secret.resolvedBy(() -> once.computeIfAbsent(PEM, AccountKey::fresh));
    }

    private static String fresh(String type) {
        try {
            // cert-manager takes RSA only.
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            var key = generator.generateKeyPair().getPrivate().getEncoded();
            var body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has RSA", impossible);
        }
    }
}
