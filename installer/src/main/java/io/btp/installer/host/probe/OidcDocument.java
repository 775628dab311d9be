package io.btp.installer.host.probe;

import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Identity;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The discovery document of a provider. What its fields mean, and what is meant where one is missing:
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
record OidcDocument(Identity identity, Map<String, Object> fields, OidcFaults faults) {
    private static final List<String> ENDPOINTS = List.of("authorization_endpoint", "token_endpoint", "jwks_uri");

    /**
     * Reads it.
     *
     * @throws ProviderException if it is not there, or is no discovery document
     */
    static OidcDocument read(Identity identity, Web web, OidcFaults faults) throws IOException {
        var answer = web.get(address(identity), Map.of());
        var fields = answer.status() == 200 ? answer.json() : Optional.<Map<String, Object>>empty();
        return new OidcDocument(
                identity,
                fields.filter(found -> found.containsKey("issuer"))
                        .orElseThrow(() -> new ProviderException(faults.noDocument(address(identity), answer))),
                faults);
    }

    static URI address(Identity identity) {
        return URI.create(identity.issuer().toString().replaceAll("/$", "") + "/.well-known/openid-configuration");
    }

    /** Refuses what the platform could not log people in by. */
    void requireUsable() {
        var issuer = String.valueOf(fields.get("issuer"));
        if (!issuer.equals(identity.issuer().toString())) {
            throw new ProviderException(faults.otherIssuer(issuer));
        }
        ENDPOINTS.forEach(this::endpoint);
        if (!list("response_types_supported", List.of("code")).contains("code")
                || !list("grant_types_supported", List.of("authorization_code")).contains("authorization_code")) {
            throw new ProviderException(faults.noCodeFlow());
        }
        takesSecretInHeader();
    }

    /** Gives the address of an endpoint, as well protected as the issuer's. */
    URI endpoint(String name) {
        var address = Optional.ofNullable(fields.get(name)).map(String::valueOf).flatMap(OidcDocument::address);
        return address.filter(found -> !isEncrypted() || "https".equalsIgnoreCase(found.getScheme()))
                .orElseThrow(() -> new ProviderException(faults.noEndpoint(name, String.valueOf(fields.get(name)))));
    }

    private static Optional<URI> address(String text) {
        try {
            var address = URI.create(text);
            return Optional.of(address).filter(found -> found.getScheme() != null && found.getHost() != null);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(identity.issuer().getScheme());
    }

    /** Tells how the client shows its secret: in the header where the provider takes that, otherwise in the form. */
    boolean takesSecretInHeader() {
        var methods = list("token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
        if (methods.contains("client_secret_basic")) {
            return true;
        }
        if (methods.contains("client_secret_post")) {
            return false;
        }
        throw new ProviderException(faults.noSecrets(methods));
    }

    /** Gives the scopes that the platform asks for and the provider does not name; none where it names none. */
    List<String> unknownScopes() {
        var known = list("scopes_supported", identity.scopes());
        return identity.scopes().stream()
                .filter(scope -> !known.contains(scope))
                .toList();
    }

    /** Reads the keys that tokens are verified by, and gives how many there are. */
    int keys(Web web) throws IOException {
        var address = endpoint("jwks_uri");
        var answer = web.get(address, Map.of());
        var keys = answer.json().map(object -> object.get("keys"));
        int signing = 0;
        if (answer.status() == 200 && keys.orElse(null) instanceof List<?> all) {
            for (var key : all) {
                signing += key instanceof Map<?, ?> fields && !"enc".equals(fields.get("use")) ? 1 : 0;
            }
        }
        if (signing == 0) {
            throw new ProviderException(faults.noKeys(address, answer));
        }
        return signing;
    }

    private List<String> list(String name, List<String> unless) {
        if (!(fields.get(name) instanceof List<?> items)) {
            return unless;
        }
        var texts = new ArrayList<String>();
        items.forEach(item -> texts.add(String.valueOf(item)));
        return texts;
    }
}
