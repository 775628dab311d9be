package io.btp.installer.host.probe;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Identity;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names why an identity provider refused. Its codes: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 and 4.1.2.1;
 * pages for people are judged by the words that the common providers use.
 */
record OidcFaults(Identity identity, URI callback, Subject subject) {
    private static final int LONGEST_WORDS = 300;

    /** What says that somebody would have to log in: the client and its address were accepted. */
    private static final Set<String> LOGIN_WANTED =
            Set.of("login_required", "interaction_required", "consent_required", "account_selection_required");

    private static final List<String> REDIRECT_WORDS = List.of(
            "redirect_uri", "redirect uri", "redirect_mismatch", "callback url mismatch", "reply url", "aadsts50011");
    private static final List<String> CLIENT_WORDS = List.of(
            "client not found",
            "unknown client",
            "invalid client",
            "invalid_client",
            "client disabled",
            "aadsts700016");

    Problem noDocument(URI address, Web.Answer answer) {
        if (answer.status() == 429 || answer.status() >= 500) {
            return notNow(answer);
        }
        return Problem.of(
                        Reason.NOT_FOUND,
                        "There is no discovery document at %s".formatted(address),
                        "Answer the issuer as the provider names itself, for example"
                                + " https://sso.acme.example/realms/acme for Keycloak")
                .evidence(List.of(said(answer)));
    }

    Problem otherIssuer(String issuer) {
        return Problem.of(
                Reason.INVALID,
                "%s calls itself %s, expected exactly %s".formatted(subject.name(), issuer, identity.issuer()),
                "Answer issuer: %s, or set the provider's own host name; a slash at the end counts".formatted(issuer));
    }

    Problem noEndpoint(String name, String found) {
        return Problem.of(
                        Reason.UNSUPPORTED,
                        "The discovery document of %s names no usable %s, expected an https address"
                                .formatted(subject.name(), name),
                        "Let the provider know its public address; behind a proxy it has to trust forwarded headers")
                .evidence(List.of("%s: %s".formatted(name, found)));
    }

    Problem noCodeFlow() {
        return Problem.of(
                Reason.UNSUPPORTED,
                "%s does not offer the authorization code flow".formatted(subject.name()),
                "Turn it on, or use another provider: the platform logs people in by it");
    }

    Problem noSecrets(List<String> methods) {
        return Problem.of(
                        Reason.UNSUPPORTED,
                        "%s takes no client secret".formatted(subject.name()),
                        "Allow client_secret_basic or client_secret_post")
                .evidence(List.of("token_endpoint_auth_methods_supported: " + String.join(", ", methods)));
    }

    Problem noKeys(URI address, Web.Answer answer) {
        return Problem.of(
                        Reason.FAILED,
                        "There are no signing keys at %s".formatted(address),
                        "See the provider's log: without keys nobody can verify its tokens")
                .evidence(List.of(said(answer)));
    }

    Problem scopes(List<String> unknown) {
        return Problem.of(
                Reason.UNSUPPORTED,
                "%s does not name the scopes %s".formatted(subject.name(), String.join(", ", unknown)),
                "Add them to the provider, or take them out of scopes; some providers do not name all that they have");
    }

    Problem plain() {
        return Problem.of(
                Reason.UNSUPPORTED,
                "The issuer %s is plain text: passwords and tokens can be read on the way".formatted(identity.issuer()),
                "Give the provider a certificate and answer an https issuer");
    }

    ProviderException token(Web.Answer answer) {
        var error = answer.text("error").orElse("");
        var problem = switch (error) {
            case "invalid_client", "unauthorized_client" ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not accept client %s with its secret".formatted(subject.name(), identity.clientId()),
                        "Correct clientId and clientSecret, and see whether the client is turned on");
            case "" -> answer.status() == 401 ? unknown() : notNow(answer);
            default ->
                Problem.of(
                        Reason.FORBIDDEN,
                        "%s gives client %s no tokens".formatted(subject.name(), identity.clientId()),
                        "Allow the client the authorization code flow with a secret");
        };
        return new ProviderException(problem.evidence(List.of(said(answer))));
    }

    private Problem unknown() {
        return Problem.of(
                Reason.UNAUTHENTICATED,
                "%s does not accept client %s with its secret".formatted(subject.name(), identity.clientId()),
                "Correct clientId and clientSecret");
    }

    private Problem notNow(Web.Answer answer) {
        return Problem.of(
                        answer.status() == 429 || answer.status() >= 500 ? Reason.TRANSIENT : Reason.FAILED,
                        "%s answered with status %d".formatted(subject.name(), answer.status()),
                        "Look whether it is well, then run the same command again")
                .evidence(List.of(said(answer)));
    }

    /** Names what a page for people says is wrong; empty where it is a login page. */
    Optional<Problem> page(URI page, Web.Answer answer) {
        var words = visible(answer.text());
        var problem = refused(words.toLowerCase(Locale.ROOT), answer.status() >= 400 || isError(page));
        return problem.or(() -> Optional.of(answer)
                        .filter(refusal -> refusal.status() >= 400)
                        .map(this::notNow))
                .map(found -> found.evidence(List.of(said(answer))));
    }

    /** Names what the address that it leads to says is wrong, where that is an error page. */
    Optional<Problem> ledTo(URI page) {
        return Optional.of(page.toString().toLowerCase(Locale.ROOT))
                .filter(words -> isError(page))
                .flatMap(words -> refused(words, true))
                .map(found -> found.evidence(List.of("It leads to " + bounded(page.toString()))));
    }

    private static boolean isError(URI page) {
        var query = Optional.ofNullable(page.getRawQuery()).orElse("");
        return ("" + page.getPath()).matches("(?i).*/error/?") || ("&" + query).matches("(?i).*&(auth)?error=.*");
    }

    private Optional<Problem> refused(String words, boolean isError) {
        if (words.contains("aadsts50011") || isError && contains(words, REDIRECT_WORDS)) {
            return Optional.of(Problem.of(
                    Reason.INVALID,
                    "%s does not send people of client %s back to %s"
                            .formatted(subject.name(), identity.clientId(), callback),
                    "Add %s to the client's redirect URIs, and turn its authorization code flow on"
                            .formatted(callback)));
        }
        if (words.contains("aadsts700016") || isError && contains(words, CLIENT_WORDS)) {
            return Optional.of(Problem.of(
                    Reason.NOT_FOUND,
                    "%s has no client %s that is turned on".formatted(subject.name(), identity.clientId()),
                    "Correct clientId, or turn the client on"));
        }
        return Optional.empty();
    }

    private static boolean contains(String words, List<String> any) {
        return any.stream().anyMatch(words::contains);
    }

    /** Names what it told the platform on sending back; empty where somebody would only have to log in. */
    Optional<Problem> sentBack(Map<String, String> parameters) {
        var error = Optional.ofNullable(parameters.get("error")).orElse("");
        if (error.isEmpty() || LOGIN_WANTED.contains(error)) {
            return Optional.empty();
        }
        var problem = error.equals("invalid_scope")
                ? Problem.of(
                        Reason.INVALID,
                        "%s refuses the scopes %s".formatted(subject.name(), String.join(", ", identity.scopes())),
                        "Allow the client these scopes, or take those that it has not out of scopes")
                : Problem.of(
                        Reason.FORBIDDEN,
                        "%s does not let client %s log people in".formatted(subject.name(), identity.clientId()),
                        "Allow the client the authorization code flow");
        var words = Stream.of(
                        error,
                        Optional.ofNullable(parameters.get("error_description")).orElse(""))
                .filter(text -> !text.isBlank())
                .toList();
        return Optional.of(
                problem.evidence(List.of("The identity provider said: " + bounded(String.join(": ", words)))));
    }

    private static String said(Web.Answer answer) {
        var error = answer.text("error");
        var words = error.isPresent()
                ? error.get()
                        + answer.text("error_description").map(": "::concat).orElse("")
                : visible(answer.text());
        return "The identity provider said: %d %s"
                .formatted(answer.status(), bounded(words))
                .strip();
    }

    private static String bounded(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS) + " …";
    }

    /** Gives what of a page people see. */
    private static String visible(String page) {
        return page.replaceAll("(?is)<(script|style|head)\\b.*?</\\1\\s*>", " ")
                .replaceAll("(?s)<!--.*?-->", " ")
                .replaceAll("(?s)<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
