package io.btp.installer.plugin.byo;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An OpenID Connect provider that is there already, and the platform's client in it. */
final class ByoIdentity implements Provider<ByoIdentity.Configuration, Identity> {
    static final Question<URI> ISSUER = Question.url("issuer", "issuer")
            .because("People log in to the platform there.")
            .example("https://sso.acme.example/realms/acme")
            .help("Exactly as the provider names itself: the base of /.well-known/openid-configuration");
    static final Question<String> CLIENT_ID = Question.text("clientId", "client id")
            .between(1, 256)
            .example("btp")
            .help("A confidential client with the authorization code flow; its redirect URI is"
                    + " https://DOMAIN/api/auth/callback/KIND");
    static final Question<Secret> CLIENT_SECRET =
            Question.secret("clientSecret", "client secret").example("${env:OIDC_CLIENT_SECRET}");
    static final Question<List<String>> SCOPES = Question.texts("scopes", "scopes")
            .defaultsTo(List.of("openid", "email", "profile"))
            .help("What the platform asks to know of who logs in; openid is always among them");
    static final Question<String> KIND = Question.choice("kind", "kind", "oidc", "keycloak", "cognito")
            .defaultsTo("oidc")
            .because("The platform names its provider by it, and so the address that people come back to.")
            .help("keycloak and cognito for these products, oidc for every other one");
    static final Question<URI> ADMIN_URL = Question.url("adminUrl", "administration")
            .optional()
            .example("https://sso.acme.example/admin")
            .help("Where people administer it; only shown");

    record Configuration(
            Identity.Kind kind,
            URI issuer,
            Optional<URI> adminUrl,
            String clientId,
            Secret clientSecret,
            List<String> scopes,
            Optional<String> caFile) {
        Configuration {
            scopes = List.copyOf(scopes);
        }
    }

    @Override
    public Description description() {
        return Description.of(
                        "byo",
                        "oidc",
                        "Existing identity provider",
                        "People log in by an OpenID Connect provider of yours, at which you register the platform as a client.")
                .adds("nothing");
    }

    @Override
    public Slot<Identity> slot() {
        return Slots.IDENTITY;
    }

    @Override
    public Form<Configuration> form() {
        var form = Form.of(
                answers -> new Configuration(
                        Identity.Kind.valueOf(answers.get(KIND).toUpperCase(Locale.ROOT)),
                        answers.get(ISSUER),
                        answers.find(ADMIN_URL),
                        answers.get(CLIENT_ID),
                        answers.get(CLIENT_SECRET),
                        answers.get(SCOPES),
                        answers.find(TlsQuestions.CA_FILE)),
                ISSUER,
                CLIENT_ID,
                CLIENT_SECRET,
                SCOPES,
                KIND,
                ADMIN_URL,
                TlsQuestions.CA_FILE);
        return Addresses.only(Addresses.ruled(form, ISSUER, Addresses.Part.PATH), ADMIN_URL, Addresses.Part.PATH)
                .rule(
                        "scopes with openid",
                        answers -> answers.get(SCOPES).contains("openid")
                                ? Optional.empty()
                                : Optional.of("Without the scope openid nobody learns who logs in"),
                        SCOPES);
    }

    @Override
    public Component<Identity> open(Configuration configuration, Context context) {
        return Endpoint.of(
                Slots.IDENTITY,
                context,
                () -> new Identity(
                        configuration.kind(),
                        configuration.issuer(),
                        configuration.adminUrl(),
                        configuration.clientId(),
                        configuration.clientSecret(),
                        configuration.scopes(),
                        Addresses.tls(configuration.issuer(), configuration.caFile())));
    }

    @Override
    public Plan removal(Removal<Configuration> removal, Context context) {
        return Plan.nothing();
    }
}
