package io.btp.installer.api.contract;

import java.util.List;
import java.util.Optional;

/**
 * Who issues the platform's certificates.
 *
 * @param kind {@code ClusterIssuer} or {@code Issuer}; absent for an existing certificate
 * @param name the issuer object's name; absent for an existing certificate
 * @param challenge how control of a name is proved
 * @param tlsSecret Secret in the platform's namespace that holds the certificate
 * @param hosts names that it serves
 */
public record CertificateIssuer(
        Optional<String> kind, Optional<String> name, Challenge challenge, String tlsSecret, List<String> hosts) {
    /** How control of a name is proved. */
    public enum Challenge {
        /** By a TXT record; the only one that allows wildcards. */
        DNS_01,
        /** By an answer on port 80. */
        HTTP_01,
        /** Not at all: self-signed, own authority, existing certificate. */
        NONE
    }

    /** Copies the list. */
    public CertificateIssuer {
        hosts = List.copyOf(hosts);
    }
}
