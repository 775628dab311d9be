package io.btp.installer.plugin.byo;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Plugin;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ByoFormsTest {
    private static final Given POSTGRES = new Given(
            Map.of("host", "db.acme.example", "database", "btp", "username", "app", "password", Secret.of("canary")));
    private static final Given REDIS = new Given(Map.of("host", "redis.acme.example"));
    private static final Given STORE = new Given(Map.of(
            "endpoint",
            URI.create("https://s3.acme.example"),
            "bucket",
            "btp",
            "accessKey",
            Secret.of("access"),
            "secretKey",
            Secret.of("canary")));

    @Test
    void isFoundAsAPlugin() {
        assertThat(ServiceLoader.load(Plugin.class))
                .hasOnlyElementsOfType(ByoPlugin.class)
                .flatExtracting(Plugin::providers)
                .extracting(provider ->
                        provider.slot().path() + " " + provider.description().id())
                .containsExactly(
                        "dataPlane.postgres byo.endpoint",
                        "dataPlane.redis byo.endpoint",
                        "objectStore byo.endpoint",
                        "identity byo.oidc",
                        "secrets byo.vault",
                        "observability.metrics byo.endpoint",
                        "observability.logs byo.endpoint",
                        "edge.ingress byo.class",
                        "edge.certificates byo.certificate",
                        "edge.records byo.records");
    }

    @Test
    void fillsInWhatPostgresAnswersDoNotSay() {
        var configuration = new ByoPostgres().form().configuration(POSTGRES);

        assertThat(configuration.port()).isEqualTo(5432);
        assertThat(configuration.tls()).isEqualTo(Tls.Mode.VERIFY_FULL);
        assertThat(configuration.caFile()).isEmpty();
        assertThat(POSTGRES.violations(new ByoPostgres().form())).isEmpty();
    }

    @Test
    void fillsInWhatRedisAnswersDoNotSay() {
        var configuration = new ByoRedis().form().configuration(REDIS);

        assertThat(configuration.port()).isEqualTo(6379);
        assertThat(configuration.username()).isEmpty();
        assertThat(configuration.password()).isEmpty();
        assertThat(REDIS.violations(new ByoRedis().form())).isEmpty();
    }

    @Test
    void fillsInWhatObjectStoreAnswersDoNotSay() {
        var configuration = new ByoObjectStore().form().configuration(STORE);

        assertThat(configuration.region()).isEqualTo("us-east-1");
        assertThat(configuration.pathStyle()).isTrue();
        assertThat(STORE.violations(new ByoObjectStore().form())).isEmpty();
    }

    @Test
    void takesAnAuthorityWithVerificationOnly() {
        for (var mode : new String[] {"disable", "require"}) {
            var answers = POSTGRES.with("tls", mode).with("caFile", "/etc/ssl/ca.pem");

            assertThat(answers.violations(new ByoPostgres().form()))
                    .singleElement()
                    .asString()
                    .contains("tls: " + mode);
            assertThat(answers.violations(new ByoRedis().form())).anyMatch(text -> text.contains("tls: " + mode));
        }
        assertThat(POSTGRES.with("caFile", "/etc/ssl/ca.pem").violations(new ByoPostgres().form()))
                .isEmpty();
    }

    @Test
    void takesARedisUserWithAPasswordOnly() {
        assertThat(REDIS.with("username", "app").violations(new ByoRedis().form()))
                .containsExactly("A Redis user logs in with a password: answer password, or leave username out");
        assertThat(REDIS.with("username", "app")
                        .with("password", Secret.of("canary"))
                        .violations(new ByoRedis().form()))
                .isEmpty();
    }

    @Test
    void takesBaseAddressesOnly() {
        for (var address :
                new String[] {"ftp://s3.acme.example", "https://s3.acme.example/btp", "https://a:b@s3.acme.example"}) {
            assertThat(STORE.with("endpoint", URI.create(address)).violations(new ByoObjectStore().form()))
                    .as(address)
                    .hasSize(1);
        }
        assertThat(STORE.with("endpoint", URI.create("http://s3.acme.example:9000/"))
                        .violations(new ByoObjectStore().form()))
                .isEmpty();
    }

    @Test
    void takesAnAuthorityForAnEncryptedEndpointOnly() {
        var answers =
                STORE.with("endpoint", URI.create("http://s3.acme.example")).with("caFile", "/etc/ssl/ca.pem");

        assertThat(answers.violations(new ByoObjectStore().form()))
                .singleElement()
                .asString()
                .contains("plain text");
    }

    @Test
    void takesIssuersWithAPathAndScopesWithOpenid() {
        var form = new ByoIdentity().form();
        var answers = new Given(Map.of(
                "issuer",
                URI.create("https://sso.acme.example/realms/acme"),
                "clientId",
                "btp",
                "clientSecret",
                Secret.of("canary")));

        assertThat(answers.violations(form)).isEmpty();
        assertThat(answers.with("issuer", URI.create("https://sso.acme.example/?realm=acme"))
                        .violations(form))
                .hasSize(1);
        assertThat(answers.with("scopes", List.of("email")).violations(form)).hasSize(1);
        assertThat(answers.with("kind", "keycloak").violations(form)).isEmpty();
    }

    @Test
    void takesOneWayToLogInToVault() {
        var form = new ByoSecrets().form();
        var answers = new Given(Map.of("address", URI.create("https://vault.acme.example:8200")));
        var token = answers.with("token", Secret.of("canary"));
        var role = answers.with("roleId", Secret.of("role")).with("secretId", Secret.of("canary"));

        assertThat(answers.violations(form)).hasSize(1);
        assertThat(token.violations(form)).isEmpty();
        assertThat(role.violations(form)).isEmpty();
        assertThat(token.with("roleId", Secret.of("role")).violations(form)).hasSize(1);
        assertThat(answers.with("roleId", Secret.of("role")).violations(form)).hasSize(1);
        assertThat(role.with("token", Secret.of("canary")).violations(form)).hasSize(1);
    }

    @Test
    void derivesTheAddressThatLogsArePushedTo() {
        var answers = new Given(Map.of("query", URI.create("https://loki.acme.example/")));

        assertThat(new ByoLogs().form().configuration(answers).push())
                .isEqualTo(URI.create("https://loki.acme.example/loki/api/v1/push"));
    }

    @Test
    void asksForSecretsAsSecrets() {
        var secrets = new ByoPlugin()
                .providers().stream()
                        .flatMap(provider -> provider.form().questions().stream())
                        .filter(question -> question.kind() == Question.Kind.SECRET)
                        .map(Question::key)
                        .toList();

        assertThat(secrets)
                .containsExactly(
                        "password",
                        "password",
                        "accessKey",
                        "secretKey",
                        "clientSecret",
                        "token",
                        "roleId",
                        "secretId",
                        "grafanaPassword",
                        "certificate",
                        "key");
    }
}
