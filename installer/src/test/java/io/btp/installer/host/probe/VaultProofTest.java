package io.btp.installer.host.probe;

import static io.btp.installer.api.Slots.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.ConnectProxy;
import io.btp.installer.host.backend.OpenBaoServer;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenBao right and wrong. */
class VaultProofTest {
    private static final String PREFIX = "secret/btp/acme";
    private static final String POLICY = """
            path "secret/data/btp/acme/*" { capabilities = ["create", "read"] }
            path "secret/metadata/btp/acme/*" { capabilities = ["read", "list", "delete"] }
            """;

    @TempDir
    static Path folder;

    private static Fixture servers;

    private record Fixture(OpenBaoServer bao, OpenBaoServer fresh, Certificates authority, Certificates other) {}

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var authority = new Certificates(folder.resolve("ca"));
        var certificate = authority.sign("server", "DNS:localhost,DNS:bao.acme.example");
        servers = new Fixture(
                OpenBaoServer.start(certificate).initialised(),
                OpenBaoServer.start(certificate),
                authority,
                new Certificates(folder.resolve("other")));
        servers.bao().ask("POST", "sys/auth/approle", Map.of("type", "approle"));
        servers.bao().ask("POST", "sys/mounts/first", Map.of("type", "kv", "options", Map.of("version", "1")));
    }

    @AfterAll
    static void stop() {
        servers.bao().close();
        servers.fresh().close();
    }

    @Test
    void passesWithTheRightsOfTheDocumentationAndLeavesNothing() throws Exception {
        var token = servers.bao().token("btp", "1000h", POLICY);

        for (var check : Proving.direct().checks(SECRETS, byToken(token))) {
            assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Passed.class);
        }
        assertThat(servers.bao().ask("LIST", "secret/metadata/btp/acme", Map.of()))
                .isEmpty();
    }

    @Test
    void passesByAppRoleAndGivesItsTokensBack() throws Exception {
        servers.bao().token("role", "1h", POLICY);
        servers.bao().ask("POST", "auth/approle/role/btp", Map.of("token_policies", List.of("role")));
        var before = servers.bao().ask("LIST", "auth/token/accessors", Map.of());

        for (var check : Proving.direct().checks(SECRETS, byRole())) {
            assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Passed.class);
        }
        assertThat(servers.bao().ask("LIST", "auth/token/accessors", Map.of()).get("data"))
                .isEqualTo(before.get("data"));
    }

    @Test
    void namesWrongRoleAndSecretIds() throws Exception {
        var wrong = store(PREFIX, Optional.of(new Access.Keys("no-role", Proving.secret("secret-id"))), trusted());

        assertThat(Proving.direct().failure(SECRETS, wrong, "secrets.login").reason())
                .isEqualTo(Reason.UNAUTHENTICATED);
    }

    @Test
    void namesATokenThatIsNotKnown() throws Exception {
        var problem = Proving.direct().failure(SECRETS, byToken("canary-unknown"), "secrets.login");

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).endsWith("does not know the token, or it has expired");
    }

    @Test
    void warnsOfATokenThatExpiresSoon() throws Exception {
        var token = servers.bao().token("btp", "100h", POLICY);

        assertThat(Proving.direct()
                        .warning(SECRETS, byToken(token), "secrets.login")
                        .summary())
                .contains("expires in 4 days, at 20");
    }

    @Test
    void warnsOfARootToken() throws Exception {
        assertThat(Proving.direct()
                        .warning(SECRETS, byToken(servers.bao().rootToken()), "secrets.login")
                        .summary())
                .contains("is a root token");
    }

    @Test
    void namesTheRightsThatAreMissing() throws Exception {
        var token =
                servers.bao().token("reader", "1000h", "path \"secret/data/btp/acme/*\" { capabilities = [\"read\"] }");
        var problem = Proving.direct().failure(SECRETS, byToken(token), "secrets.rights");

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.evidence())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("Missing: create on secret/data/btp/acme/btp-check-"))
                .anyMatch(line -> line.startsWith("Missing: delete on secret/metadata/btp/acme/btp-check-"));
        assertThat(problem.remedy()).contains("path \"secret/data/btp/acme/*\"");
    }

    @Test
    void namesTheRightToListThatIsMissing() throws Exception {
        var token = servers.bao().token("unlisted", "1000h", POLICY.replace("\"list\", ", ""));
        var problem = Proving.direct().failure(SECRETS, byToken(token), "secrets.rights");

        assertThat(problem.summary()).isEqualTo("The token may not list secrets under " + PREFIX);
        assertThat(servers.bao().ask("LIST", "secret/metadata/btp/acme", Map.of()))
                .as("what the trial made is gone all the same")
                .isEmpty();
    }

    @Test
    void namesAMountThatIsNotThereOrOfTheFirstVersion() throws Exception {
        var token = servers.bao().rootToken();

        assertThat(Proving.direct()
                        .failure(SECRETS, at("nowhere/btp/acme", token), "secrets.rights")
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
        assertThat(Proving.direct()
                        .failure(SECRETS, at("first/btp/acme", token), "secrets.rights")
                        .summary())
                .isEqualTo("The secrets engine at first/ is no key-value store of version 2");
    }

    @Test
    void tellsSealedFromNeverInitialised() throws Exception {
        var fresh = new SecretStore(
                SecretStore.Kind.VAULT,
                Optional.of(URI.create("https://localhost:" + servers.fresh().port())),
                PREFIX,
                Optional.of(new Access.Token(Proving.secret("none"))),
                Optional.empty(),
                trusted());

        assertThat(Proving.direct().failure(SECRETS, fresh, "secrets.health").summary())
                .endsWith("was never initialised");
        var token = servers.fresh().initialised().token("btp", "1000h", POLICY);
        Proving.direct().passes(SECRETS, fresh, "secrets.health");
        servers.fresh().seal();
        assertThat(Proving.direct().failure(SECRETS, fresh, "secrets.health").summary())
                .endsWith("is sealed");
        assertThat(Proving.direct().failure(SECRETS, fresh, "secrets.rights").reason())
                .isEqualTo(Reason.NOT_READY);
        servers.fresh().unseal();
        assertThat(token).isNotEmpty();
        Proving.direct().passes(SECRETS, fresh, "secrets.health");
    }

    @Test
    void takesAStandbyThatLeadsOn() throws Exception {
        try (var standby = new FakeIssuer().says("/v1/sys/health", 429, "{\"version\": \"1.20.0\"}")) {
            var store = plain(standby.issuer(), Optional.empty());

            assertThat(Proving.direct().run(SECRETS, store, "secrets.health").toString())
                    .contains("a standby that leads on to the active one, version 1.20.0");
            standby.says("/v1/sys/health", 472, "{}");
            assertThat(Proving.direct()
                            .failure(SECRETS, store, "secrets.health")
                            .summary())
                    .contains("a secondary for disaster recovery");
        }
    }

    @Test
    void namesAServerThatIsNoVault() throws Exception {
        try (var other = new FakeIssuer()) {
            assertThat(Proving.direct()
                            .failure(SECRETS, plain(other.issuer(), Optional.empty()), "secrets.health")
                            .summary())
                    .endsWith("does not answer as Vault or OpenBao does");
        }
    }

    @Test
    void goesThroughTheProxyOfTheConnection() throws Exception {
        var token = servers.bao().token("btp", "1000h", POLICY);
        try (var proxy = new ConnectProxy(servers.bao().port())) {
            var connection = new Connection(
                    Optional.of(proxy.address()),
                    List.of(),
                    Optional.of(servers.authority().authority()),
                    Optional.empty(),
                    Optional.of(ConnectProxy.LOGIN),
                    Optional.empty());
            var proving = new Proving(ClusterTunnel.direct(), connection, InstantSource.system(), Proving.nothing());
            var store = new SecretStore(
                    SecretStore.Kind.VAULT,
                    Optional.of(URI.create("https://bao.acme.example")),
                    PREFIX,
                    Optional.of(new Access.Token(Secret.of(token))));

            for (var check : proving.checks(SECRETS, store)) {
                assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Passed.class);
            }
            assertThat(proxy.requests()).containsOnly("CONNECT bao.acme.example:443 HTTP/1.1");
        }
    }

    @Test
    void namesAnAuthorityThatIsNotTrusted() throws Exception {
        var store = store(
                PREFIX,
                Optional.of(new Access.Token(Proving.secret("token"))),
                Tls.verifiedBy(servers.other().authority()));

        assertThat(Proving.direct().failure(SECRETS, store, "secrets.reach").summary())
                .contains("signed by an authority that is not trusted");
    }

    @Test
    void saysThatAWorkloadIdentityIsProvedFromInsideOnly() throws Exception {
        var store = store(PREFIX, Optional.of(new Access.WorkloadIdentity("btp", "platform")), trusted());

        assertThat(Proving.direct().warning(SECRETS, store, "secrets.login").summary())
                .contains("only pods of service account platform");
    }

    @Test
    void provesNothingOfStoresThatTheClusterIs() {
        var plain = new SecretStore(SecretStore.Kind.KUBERNETES, Optional.empty(), "acme", Optional.empty());

        assertThat(Proving.direct().checks(SECRETS, plain)).isEmpty();
    }

    private static SecretStore byRole() throws IOException, InterruptedException {
        var role = (Map<?, ?>) servers.bao()
                .ask("GET", "auth/approle/role/btp/role-id", Map.of())
                .getOrDefault("data", Map.of());
        var secret = (Map<?, ?>) servers.bao()
                .ask("POST", "auth/approle/role/btp/secret-id", Map.of())
                .getOrDefault("data", Map.of());
        var keys = new Access.Keys(
                String.valueOf(role.get("role_id")), Secret.of(String.valueOf(secret.get("secret_id"))));
        return store(PREFIX, Optional.of(keys), trusted());
    }

    private static SecretStore byToken(String token) throws IOException {
        return at(PREFIX, token);
    }

    private static SecretStore at(String prefix, String token) throws IOException {
        return store(prefix, Optional.of(new Access.Token(Secret.of(token))), trusted());
    }

    private static SecretStore store(String prefix, Optional<Access> access, Tls tls) {
        return new SecretStore(
                SecretStore.Kind.VAULT,
                Optional.of(URI.create("https://localhost:" + servers.bao().port())),
                prefix,
                access,
                Optional.empty(),
                tls);
    }

    private static SecretStore plain(URI address, Optional<Access> access) {
        return new SecretStore(SecretStore.Kind.VAULT, Optional.of(address), PREFIX, access);
    }

    private static Tls trusted() throws IOException {
        return Tls.verifiedBy(servers.authority().authority());
    }
}
