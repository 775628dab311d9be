package io.btp.installer.api.contract;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The OpenID Connect provider that people log in with.
 *
 * @param kind whose it is; the platform names its provider by it
 * @param issuer issuer identifier, the base of {@code /.well-known/openid-configuration}
 * @param adminUrl where people administer it
 * @param clientId the platform's client
 * @param clientSecret its secret
 * @param scopes scopes that the platform asks for
 * @param tls how to connect
 */
public record Identity(
        Kind kind,
        URI issuer,
        Optional<URI> adminUrl,
        String clientId,
        Secret clientSecret,
        List<String> scopes,
        Tls tls) {
    /** Whose product the provider is. */
    public enum Kind {
        /** Amazon Cognito. */
        COGNITO,
        /** Keycloak. */
        KEYCLOAK,
        /** Any other OpenID Connect provider. */
        OIDC
    }

    /** Copies the list. */
    public Identity {
        scopes = List.copyOf(scopes);
    }

    /** Describes one whose certificate, where its issuer is an https address, is verified as the host does. */
    public Identity(
            Kind kind, URI issuer, Optional<URI> adminUrl, String clientId, Secret clientSecret, List<String> scopes) {
        this(kind, issuer, adminUrl, clientId, clientSecret, scopes, Tls.of(issuer));
    }
}
