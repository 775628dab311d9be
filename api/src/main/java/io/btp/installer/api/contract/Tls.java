package io.btp.installer.api.contract;

import java.net.URI;
import java.util.Optional;

/**
 * How a connection is encrypted.
 *
 * @param mode what the client demands
 * @param authority PEM text of the certificate authorities to trust instead of the public ones; only with {@link
 *     Mode#VERIFY_FULL}
 */
public record Tls(Mode mode, Optional<String> authority) {
    /** What the client demands; named after PostgreSQL's {@code sslmode}. */
    public enum Mode {
        /** Plain text. */
        DISABLE,
        /** Encrypted, the server's certificate is not verified. */
        REQUIRE,
        /** Encrypted, chain and host name are verified. */
        VERIFY_FULL
    }

    /** Checks that authorities come only with verification. */
    public Tls {
        if (authority.isPresent() && mode != Mode.VERIFY_FULL) {
            throw new IllegalArgumentException("certificate authorities are used only by VERIFY_FULL: " + mode);
        }
    }

    /** Plain text. */
    public static Tls disabled() {
        return new Tls(Mode.DISABLE, Optional.empty());
    }

    /** Encrypted without verification. */
    public static Tls required() {
        return new Tls(Mode.REQUIRE, Optional.empty());
    }

    /** Verified against the authorities that the host trusts. */
    public static Tls verified() {
        return new Tls(Mode.VERIFY_FULL, Optional.empty());
    }

    /** Verified against these authorities. */
    public static Tls verifiedBy(String authorityPem) {
        return new Tls(Mode.VERIFY_FULL, Optional.of(authorityPem));
    }

    /** Verified against the authorities that the host trusts where the address is an https one, otherwise plain text. */
    public static Tls of(URI address) {
        return "https".equalsIgnoreCase(address.getScheme()) ? verified() : disabled();
    }

    /** Tells whether the connection is encrypted. */
    public boolean isEnabled() {
        return mode != Mode.DISABLE;
    }
}
