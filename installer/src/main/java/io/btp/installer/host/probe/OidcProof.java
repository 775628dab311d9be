package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proves an OpenID Connect provider and the platform's client in it: its discovery document, a real call for a token, and
 * that it would send people back to the platform. Nobody logs in, and nothing is left there.
 */
final class OidcProof {
    /** What a provider answers to a code that it never gave out, once it has accepted the client. */
    private static final Set<String> CODE_REFUSED = Set.of("invalid_grant", "invalid_code");

    private static final int HOPS = 4;

    private final Identity identity;
    private final URI callback;
    private final Subject subject;
    private final Web web;
    private final Gate gate;
    private final String mark;
    private final OidcFaults faults;

    /**
     * Proves it.
     *
     * @param callback where the platform wants people to be sent back to
     * @param web reaches every endpoint that the discovery document names
     * @param mark a code that nobody gave out
     */
    OidcProof(Identity identity, URI callback, Subject subject, Web web, Gate gate, String mark) {
        this.identity = identity;
        this.callback = callback;
        this.subject = subject;
        this.web = web;
        this.gate = gate;
        this.mark = mark;
        this.faults = new OidcFaults(identity, callback, subject);
    }

    List<Check> checks() {
        return List.of(
                subject.check("identity.reach", subject.name() + " answers", this::reach),
                subject.check("identity.discovery", subject.name() + " says what the platform needs", this::discovery),
                subject.check(
                        "identity.login",
                        "The identity provider knows client %s and its secret".formatted(identity.clientId()),
                        this::login),
                subject.check(
                        "identity.redirect", "The identity provider sends people back to " + callback, this::redirect));
    }

    private Check.Result reach() throws IOException, InterruptedException {
        try (var connected = subject.line().open()) {
            return new Check.Result.Passed("reached, " + TlsWords.of(connected, subject.line()));
        }
    }

    private Check.Result discovery() throws IOException {
        var document = document();
        document.requireUsable();
        var keys = document.keys(web);
        var unknown = document.unknownScopes();
        if (!unknown.isEmpty()) {
            return new Check.Result.Warned(faults.scopes(unknown));
        }
        return document.isEncrypted()
                ? new Check.Result.Passed("issuer %s, %d signing keys".formatted(identity.issuer(), keys))
                : new Check.Result.Warned(faults.plain());
    }

    private OidcDocument document() throws IOException {
        return OidcDocument.read(identity, web, faults);
    }

    private Check.Result login() throws IOException, InterruptedException {
        var document = document();
        var endpoint = document.endpoint("token_endpoint");
        var isInHeader = document.takesSecretInHeader();
        return gate.enter(
                "%s as %s".formatted(subject.name(), identity.clientId()),
                Optional.of(identity.clientSecret()),
                () -> token(endpoint, isInHeader));
    }

    /**
     * Asks for a token of the client's own. A client that may not have one is told so in the words that some providers
     * also have for a wrong secret; a code that was never given out tells these apart, as the client is looked at first.
     */
    private Check.Result token(URI endpoint, boolean isInHeader) throws IOException {
        var own = call(endpoint, isInHeader, Map.of("grant_type", "client_credentials"));
        if (own.status() == 200 && own.text("access_token").isPresent()) {
            return new Check.Result.Passed("a token by client_credentials");
        }
        var words = own.text("error").orElse("");
        if (words.isEmpty() || words.equals("invalid_client")) {
            throw faults.token(own);
        }
        var code = new LinkedHashMap<String, String>();
        code.put("grant_type", "authorization_code");
        code.put("code", mark);
        code.put("redirect_uri", callback.toString());
        var answer = call(endpoint, isInHeader, code);
        if (CODE_REFUSED.contains(answer.text("error").orElse(""))) {
            return new Check.Result.Passed("id and secret are right; the client may log people in, and gets no token of"
                    + " its own (%s)".formatted(words));
        }
        throw faults.token(answer);
    }

    private Web.Answer call(URI endpoint, boolean isInHeader, Map<String, String> parameters) throws IOException {
        if (isInHeader) {
            return web.post(endpoint, Map.of("Authorization", basic()), parameters);
        }
        var form = new LinkedHashMap<>(parameters);
        form.put("client_id", identity.clientId());
        form.put("client_secret", identity.clientSecret().reveal());
        return web.post(endpoint, Map.of(), form);
    }

    // RFC 6749, 2.3.1: both are encoded as forms are, then joined.
    private String basic() {
        var login = Web.encoded(identity.clientId()) + ":"
                + Web.encoded(identity.clientSecret().reveal());
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    /** What no text may tell. */
    static List<Secret> hidden(Identity identity) {
        return List.of(identity.clientSecret());
    }

    private Check.Result redirect() throws IOException {
        var page = query(document().endpoint("authorization_endpoint"));
        for (int hop = 0; hop < HOPS; hop++) {
            var answer = web.get(page, Map.of());
            var next = answer.header("Location").filter(location -> answer.status() / 100 == 3);
            if (next.isEmpty()) {
                return faults.page(page, answer)
                        .<Check.Result>map(Check.Result.Failed::new)
                        .orElseGet(() -> new Check.Result.Passed("it shows its login page"));
            }
            page = page.resolve(next.get());
            if (page.toString().startsWith(callback.toString())) {
                return faults.sentBack(parameters(page))
                        .<Check.Result>map(Check.Result.Failed::new)
                        .orElseGet(() -> new Check.Result.Passed("it sends back to the platform"));
            }
            var refused = faults.ledTo(page);
            if (refused.isPresent()) {
                return new Check.Result.Failed(refused.get());
            }
        }
        return new Check.Result.Passed("it leads to its login page");
    }

    private URI query(URI endpoint) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("response_type", "code");
        parameters.put("client_id", identity.clientId());
        parameters.put("redirect_uri", callback.toString());
        parameters.put("scope", String.join(" ", identity.scopes()));
        parameters.put("state", mark);
        parameters.put("nonce", mark);
        return URI.create(endpoint + (endpoint.getQuery() == null ? "?" : "&") + Web.encoded(parameters));
    }

    private static Map<String, String> parameters(URI page) {
        var parameters = new LinkedHashMap<String, String>();
        var all = new ArrayList<String>();
        Optional.ofNullable(page.getQuery()).ifPresent(query -> all.addAll(List.of(query.split("&"))));
        for (var parameter : all) {
            var parts = parameter.split("=", 2);
            parameters.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return parameters;
    }
}
