package io.btp.installer.api.contract;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Holds one confidential text, hidden wherever it is printed.
 *
 * <p>A secret has no codec: serializers see an object without properties. A secret that was given by reference is
 * resolved at {@link #reveal()}, so planning and removing work without it. Instances may be leaves of Helm values and
 * of Kubernetes manifests; the host reveals them beside the call that sends them.
 */
public final class Secret {
    private final Supplier<String> source;

    private Secret(Supplier<String> source) {
        this.source = source;
    }

    /**
     * Wraps a text that is already known.
     *
     * @param value the confidential text, never empty
     */
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(() -> value);
    }

    /**
     * Refers to a text that is looked up at each {@link #reveal()}.
     *
     * @param source gives the text; may throw {@code ProviderException} when it cannot be had
     */
    public static Secret resolvedBy(Supplier<String> source) {
        return new Secret(Objects.requireNonNull(source));
    }

    /** Gives the text. Called only beside the call that needs it; the result is never stored or logged. */
    public String reveal() {
        return source.get();
    }

    /** Tells whether both hold the same text, in time that does not depend on where they differ. Reveals both. */
    public boolean matches(Secret other) {
        return MessageDigest.isEqual(bytes(reveal()), bytes(other.reveal()));
    }

    /**
     * Gives a keyed digest (HMAC-SHA-256, lower-case hexadecimal) that tells whether a secret changed without telling
     * what it is.
     *
     * @param key at least 16 bytes that the caller keeps confidential
     */
    public String fingerprint(byte[] key) {
        if (key.length < 16) {
            throw new IllegalArgumentException("a fingerprint key must have at least 16 bytes: " + key.length);
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes(reveal())));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }

    /** Never shows the text. */
    @Override
    public String toString() {
        return "(hidden)";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
