package io.btp.installer.host.probe;

import static io.btp.installer.api.Slots.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.ConnectProxy;
import io.btp.installer.host.backend.KeycloakServer;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Keycloak right and wrong; what other providers say differently is said by a stand-in. */
class OidcProofTest {
    private static final Secret SECRET = Secret.of(KeycloakServer.CLIENT_SECRET);
    private static final List<String> SCOPES = List.of("openid", "email", "profile");

    @TempDir
    static Path folder;

    private static Fixture servers;

    private record Fixture(KeycloakServer keycloak, Certificates authority, Certificates other) {}

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var authority = new Certificates(folder.resolve("ca"));
        var certificate = authority.sign("server", "DNS:localhost,DNS:sso.acme.example");
        servers = new Fixture(KeycloakServer.start(certificate), authority, new Certificates(folder.resolve("other")));
    }

    @AfterAll
    static void stop() {
        servers.keycloak().close();
    }

    @Test
    void passesForAClientThatMayOnlyLogPeopleIn() throws Exception {
        var proving = Proving.direct();

        for (var check : proving.checks(IDENTITY, keycloak("btp", SECRET))) {
            assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Passed.class);
        }
        assertThat(proving.run(IDENTITY, keycloak("btp", SECRET), "identity.login"))
                .hasToString(
                        "Passed[detail=id and secret are right; the client may log people in, and gets no token of its own (unauthorized_client)]");
        assertThat(proving.run(IDENTITY, keycloak("btp", SECRET), "identity.redirect"))
                .hasToString("Passed[detail=it shows its login page]");
    }

    @Test
    void passesForAClientThatGetsATokenOfItsOwn() throws Exception {
        assertThat(Proving.direct().run(IDENTITY, keycloak("btp-service", SECRET), "identity.login"))
                .hasToString("Passed[detail=a token by client_credentials]");
    }

    @Test
    void tellsAWrongSecretFromAClientWithoutTheRightToTokens() throws Exception {
        for (var client : List.of("btp", "btp-service")) {
            var problem =
                    Proving.direct().failure(IDENTITY, keycloak(client, Proving.secret("wrong")), "identity.login");

            assertThat(problem.reason()).as(client).isEqualTo(Reason.UNAUTHENTICATED);
            assertThat(problem.summary()).endsWith("does not accept client %s with its secret".formatted(client));
        }
    }

    @Test
    void namesAClientThatIsNotThere() throws Exception {
        var nobody = keycloak("nobody", SECRET);

        assertThat(Proving.direct().failure(IDENTITY, nobody, "identity.login").reason())
                .isEqualTo(Reason.UNAUTHENTICATED);
        var problem = Proving.direct().failure(IDENTITY, nobody, "identity.redirect");
        assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(problem.evidence().getFirst()).contains("Client not found");
    }

    @Test
    void namesAClientThatIsOff() throws Exception {
        assertThat(Proving.direct()
                        .failure(IDENTITY, keycloak("switched-off", SECRET), "identity.redirect")
                        .summary())
                .endsWith("has no client switched-off that is turned on");
    }

    @Test
    void namesACallbackThatTheClientDoesNotAllow() throws Exception {
        var problem = Proving.direct().failure(IDENTITY, keycloak("elsewhere", SECRET), "identity.redirect");

        assertThat(problem.reason()).isEqualTo(Reason.INVALID);
        assertThat(problem.summary())
                .endsWith(
                        "does not send people of client elsewhere back to https://btp.acme.example/api/auth/callback/oidc");
    }

    @Test
    void asksForTheCallbackOfTheKind() throws Exception {
        var asKeycloak = identity(Identity.Kind.KEYCLOAK, issuer(), "btp-service", SECRET, SCOPES, trusted());

        assertThat(Proving.direct()
                        .failure(IDENTITY, asKeycloak, "identity.redirect")
                        .remedy())
                .contains("https://btp.acme.example/api/auth/callback/keycloak");
    }

    @Test
    void namesAClientWithoutTheCodeFlow() throws Exception {
        var problem = Proving.direct().failure(IDENTITY, keycloak("no-flow", SECRET), "identity.redirect");

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.summary()).endsWith("does not let client no-flow log people in");
    }

    @Test
    void namesScopesThatTheProviderDoesNotKnow() throws Exception {
        var asking = identity(Identity.Kind.OIDC, issuer(), "btp", SECRET, List.of("openid", "nonsense"), trusted());

        assertThat(Proving.direct()
                        .warning(IDENTITY, asking, "identity.discovery")
                        .summary())
                .endsWith("does not name the scopes nonsense");
        assertThat(Proving.direct()
                        .failure(IDENTITY, asking, "identity.redirect")
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void namesAnIssuerThatIsCalledOtherwise() throws Exception {
        var slash = URI.create(issuer() + "/");
        var problem = Proving.direct().failure(IDENTITY, at(slash, trusted()), "identity.discovery");

        assertThat(problem.summary()).endsWith("calls itself %s, expected exactly %s".formatted(issuer(), slash));
    }

    @Test
    void namesARealmThatIsNotThere() throws Exception {
        var nowhere = URI.create(issuer().toString().replace("acme", "nowhere"));
        var problem = Proving.direct().failure(IDENTITY, at(nowhere, trusted()), "identity.discovery");

        assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(problem.evidence().getFirst()).contains("Page not found");
    }

    @Test
    void goesThroughTheProxyOfTheConnection() throws Exception {
        try (var proxy = new ConnectProxy(servers.keycloak().port())) {
            var connection = new Connection(
                    Optional.of(proxy.address()),
                    List.of("other.example"),
                    Optional.of(servers.authority().authority()),
                    Optional.empty(),
                    Optional.of(ConnectProxy.LOGIN),
                    Optional.empty());
            var proving = new Proving(ClusterTunnel.direct(), connection, InstantSource.system(), Proving.nothing());
            var identity = at(servers.keycloak().issuer("sso.acme.example"), Tls.verified());

            for (var check : proving.checks(IDENTITY, identity)) {
                assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Passed.class);
            }
            assertThat(proxy.requests())
                    .isNotEmpty()
                    .containsOnly("CONNECT sso.acme.example:%d HTTP/1.1"
                            .formatted(servers.keycloak().port()));
        }
    }

    @Test
    void namesAnAuthorityThatIsNotTrusted() throws Exception {
        var untrusted = at(issuer(), Tls.verifiedBy(servers.other().authority()));

        for (var id : List.of("identity.reach", "identity.discovery", "identity.login", "identity.redirect")) {
            assertThat(Proving.direct().failure(IDENTITY, untrusted, id).summary())
                    .contains("signed by an authority that is not trusted");
        }
    }

    @Test
    void warnsOfAPlainIssuer() throws Exception {
        try (var issuer = new FakeIssuer()) {
            assertThat(Proving.direct()
                            .warning(IDENTITY, at(issuer.issuer(), Tls.disabled()), "identity.discovery")
                            .summary())
                    .contains("is plain text");
        }
    }

    @Test
    void showsTheSecretAsTheProviderTakesIt() throws Exception {
        try (var issuer = new FakeIssuer()) {
            Proving.direct().passes(IDENTITY, at(issuer.issuer(), Tls.disabled()), "identity.login");
            issuer.with("token_endpoint_auth_methods_supported", List.of("client_secret_post"));
            Proving.direct().passes(IDENTITY, at(issuer.issuer(), Tls.disabled()), "identity.login");

            assertThat(issuer.asked()).hasSize(2);
            assertThat(issuer.asked().getFirst()).startsWith("grant_type=client_credentials Basic ");
            assertThat(issuer.asked().getLast())
                    .isEqualTo("grant_type=client_credentials&client_id=btp&client_secret=%s null"
                            .formatted(KeycloakServer.CLIENT_SECRET));
            issuer.with("token_endpoint_auth_methods_supported", List.of("private_key_jwt"));
            assertThat(Proving.direct()
                            .failure(IDENTITY, at(issuer.issuer(), Tls.disabled()), "identity.discovery")
                            .summary())
                    .endsWith("takes no client secret");
        }
    }

    @Test
    void doesNotAskAgainAfterASecretWasRefused() throws Exception {
        try (var issuer = new FakeIssuer().says("/token", 401, "{\"error\": \"invalid_client\"}")) {
            var proving = Proving.direct();
            proving.failure(IDENTITY, at(issuer.issuer(), Tls.disabled()), "identity.login");
            var again = proving.failure(IDENTITY, at(issuer.issuer(), Tls.disabled()), "identity.login");

            assertThat(again.reason()).isEqualTo(Reason.UNAUTHENTICATED);
            assertThat(issuer.asked()).hasSize(1);
        }
    }

    @Test
    void followsToTheErrorPagesOfOtherProviders() throws Exception {
        try (var issuer = new FakeIssuer()) {
            var identity = at(issuer.issuer(), Tls.disabled());
            issuer.leads("/authorize", "/error?error=redirect_mismatch&client_id=btp");
            assertThat(Proving.direct()
                            .failure(IDENTITY, identity, "identity.redirect")
                            .reason())
                    .isEqualTo(Reason.INVALID);
            issuer.says("/authorize", 200, "<p>AADSTS50011: The redirect URI does not match</p>");
            assertThat(Proving.direct()
                            .failure(IDENTITY, identity, "identity.redirect")
                            .reason())
                    .isEqualTo(Reason.INVALID);
            issuer.leads("/authorize", "/login?redirect_uri=https%3A%2F%2Fbtp.acme.example&error_handling=on")
                    .says("/login", 200, "<p>Sign in to be sent back; contact us on any error with redirect_uri</p>");
            Proving.direct().passes(IDENTITY, identity, "identity.redirect");
            issuer.leads("/authorize", "https://btp.acme.example/api/auth/callback/oidc?error=login_required");
            Proving.direct().passes(IDENTITY, identity, "identity.redirect");
        }
    }

    @Test
    void namesWhatIsMissingInTheDocument() throws Exception {
        try (var issuer = new FakeIssuer()) {
            var identity = at(issuer.issuer(), Tls.disabled());
            issuer.says("/keys", 200, "{\"keys\": []}");
            assertThat(discovery(identity)).startsWith("There are no signing keys at");
            issuer.with("token_endpoint", "");
            assertThat(discovery(identity)).contains("names no usable token_endpoint");
            issuer.with("token_endpoint", issuer.issuer() + "/token")
                    .with("response_types_supported", List.of("id_token"));
            assertThat(discovery(identity)).contains("does not offer the authorization code flow");
            issuer.says("/.well-known/openid-configuration", 200, "<html>Welcome</html>");
            assertThat(discovery(identity)).startsWith("There is no discovery document at");
            issuer.says("/.well-known/openid-configuration", 503, "Bootstrap in progress");
            assertThat(Proving.direct()
                            .failure(IDENTITY, identity, "identity.discovery")
                            .reason())
                    .isEqualTo(Reason.TRANSIENT);
        }
    }

    private static String discovery(Identity identity) throws InterruptedException {
        return Proving.direct()
                .failure(IDENTITY, identity, "identity.discovery")
                .summary();
    }

    private static URI issuer() {
        return servers.keycloak().issuer("localhost");
    }

    private static Identity keycloak(String client, Secret secret) throws IOException {
        return identity(Identity.Kind.OIDC, issuer(), client, secret, SCOPES, trusted());
    }

    private static Identity at(URI issuer, Tls tls) {
        return identity(Identity.Kind.OIDC, issuer, "btp", SECRET, SCOPES, tls);
    }

    private static Tls trusted() throws IOException {
        return Tls.verifiedBy(servers.authority().authority());
    }

    private static Identity identity(
            Identity.Kind kind, URI issuer, String client, Secret secret, List<String> scopes, Tls tls) {
        return new Identity(kind, issuer, Optional.empty(), client, secret, scopes, tls);
    }
}
