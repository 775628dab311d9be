package io.btp.installer.plugin.byo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointTest {
    private static final FakeContext PLATFORM = new FakeContext(Set.of(Need.PLATFORM_USE));
    private static final FakeContext WITH_KEYCLOAK = new FakeContext(Set.of(Need.PLATFORM_USE, "keycloak"));
    private static final Secret PASSWORD = Secret.of("canary-password");

    @TempDir
    Path folder;

    @Test
    void publishesPostgresAsAnswered() throws Exception {
        var ca = authority();
        var observation = new ByoPostgres()
                .open(postgres(Optional.of(ca.toString())), PLATFORM)
                .observe(Given.NOTHING);

        assertThat(observation.install().isEmpty()).isTrue();
        assertThat(observation.outputs())
                .containsExactly(Map.entry(
                        Need.PLATFORM_USE,
                        new Postgres("db", 5432, "btp", "app", PASSWORD, Tls.verifiedBy(Files.readString(ca)))));
    }

    @Test
    void publishesRedisAsAnswered() throws Exception {
        var configuration = new ByoRedis.Configuration(
                "redis", 6380, Optional.empty(), Optional.empty(), Tls.Mode.DISABLE, Optional.empty());

        assertThat(new ByoRedis()
                        .open(configuration, PLATFORM)
                        .observe(Given.NOTHING)
                        .outputs())
                .containsValue(new Redis("redis", 6380, Optional.empty(), Optional.empty(), Tls.disabled()));
    }

    @Test
    void publishesTheObjectStoreAsAnswered() throws Exception {
        var configuration = new ByoObjectStore.Configuration(
                URI.create("https://s3.acme.example"),
                "eu-central-1",
                "btp",
                true,
                new ByoObjectStore.Login(Secret.of("access"), PASSWORD),
                Optional.empty(),
                Map.of());
        var store = new ByoObjectStore()
                .open(configuration, PLATFORM)
                .observe(Given.NOTHING)
                .outputs()
                .values()
                .iterator()
                .next();

        assertThat(store.tls()).isEqualTo(Tls.verified());
        assertThat(store.access()).isEqualTo(new Access.Keys("access", PASSWORD));
    }

    @Test
    void isBlockedWithoutTheFileOfAuthorities() throws Exception {
        var missing = folder.resolve("missing.pem");

        var problem = problem(missing);

        assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(problem.summary()).isEqualTo("caFile %s is not there".formatted(missing));
    }

    @Test
    void isBlockedByAFileThatCannotBeRead() throws Exception {
        var problem = problem(Files.createDirectory(folder.resolve("folder.pem")));

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.summary()).contains("cannot be read");
    }

    @Test
    void isBlockedByAFileThatIsNoPem() throws Exception {
        var text = Files.writeString(folder.resolve("text.pem"), "hello");
        var broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThat(problem(text).summary()).contains("holds no certificates in PEM");
        assertThat(problem(broken).summary()).contains("holds no certificates in PEM");
    }

    @Test
    void publishesARecordForEachUse() throws Exception {
        var role = new ByoPostgres.Role("people", "keycloak", PASSWORD);
        var observation = new ByoPostgres()
                .open(postgres(Optional.empty(), Map.of("keycloak", role)), WITH_KEYCLOAK)
                .observe(Given.NOTHING);

        assertThat(observation.install().isEmpty()).isTrue();
        assertThat(observation.outputs())
                .hasSize(2)
                .containsEntry("keycloak", new Postgres("db", 5432, "people", "keycloak", PASSWORD, Tls.verified()));
    }

    @Test
    void publishesABucketForEachUse() throws Exception {
        var own = new ByoObjectStore.Login(Secret.of("other"), Secret.of("canary-key"));
        var configuration = new ByoObjectStore.Configuration(
                URI.create("https://s3.acme.example"),
                "eu-central-1",
                "btp",
                true,
                new ByoObjectStore.Login(Secret.of("access"), PASSWORD),
                Optional.empty(),
                Map.of(
                        "loki", new ByoObjectStore.Bucket("logs", Optional.empty()),
                        "backup", new ByoObjectStore.Bucket("copies", Optional.of(own))));
        var outputs = new ByoObjectStore()
                .open(configuration, new FakeContext(Set.of(Need.PLATFORM_USE, "loki", "backup")))
                .observe(Given.NOTHING)
                .outputs();

        assertThat(requireNonNull(outputs.get("loki")).bucket()).isEqualTo("logs");
        assertThat(requireNonNull(outputs.get("loki")).access()).isEqualTo(new Access.Keys("access", PASSWORD));
        assertThat(requireNonNull(outputs.get("backup")).access()).isEqualTo(new Access.Keys("other", own.secretKey()));
    }

    @Test
    void refusesUsesThatItHasNoAnswersFor() throws Exception {
        var observation = new ByoPostgres()
                .open(postgres(Optional.empty()), WITH_KEYCLOAK)
                .observe(Given.NOTHING);

        assertThat(observation.install().blocked()).hasValueSatisfying(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.INVALID);
            assertThat(problem.summary())
                    .isEqualTo("keycloak needs a part of PostgreSQL of its own, and the answers name none");
            assertThat(problem.remedy())
                    .isEqualTo("Answer dataPlane.postgres.uses.keycloak with database, username, password");
        });
    }

    @Test
    void refusesUsesWhereThereIsNothingToShare() throws Exception {
        var configuration = new ByoRedis.Configuration(
                "redis", 6380, Optional.empty(), Optional.empty(), Tls.Mode.DISABLE, Optional.empty());

        assertThat(new ByoRedis()
                        .open(configuration, WITH_KEYCLOAK)
                        .observe(Given.NOTHING)
                        .install()
                        .blocked())
                .hasValueSatisfying(problem -> assertThat(problem.reason()).isEqualTo(Reason.UNSUPPORTED));
    }

    @Test
    void warnsOfAnswersThatNothingUses() throws Exception {
        var role = new ByoPostgres.Role("people", "keycloak", PASSWORD);
        var component = new ByoPostgres().open(postgres(Optional.empty(), Map.of("keycloack", role)), WITH_KEYCLOAK);
        var result = component.checks(Given.NOTHING).getFirst().probe().run();

        assertThat(result).isInstanceOfSatisfying(Check.Result.Warned.class, warned -> {
            assertThat(warned.problem().summary())
                    .isEqualTo("Nothing of this installation uses dataPlane.postgres.uses.keycloack");
            assertThat(warned.problem().remedy()).endsWith("known here: keycloak");
        });
    }

    @Test
    void publishesTheIdentityProviderAsAnswered() throws Exception {
        var configuration = new ByoIdentity()
                .form()
                .configuration(new Given(Map.of(
                        "issuer",
                        URI.create("https://sso.acme.example/realms/acme"),
                        "clientId",
                        "btp",
                        "clientSecret",
                        PASSWORD)));

        assertThat(new ByoIdentity()
                        .open(configuration, PLATFORM)
                        .observe(Given.NOTHING)
                        .outputs())
                .containsValue(new Identity(
                        Identity.Kind.OIDC,
                        URI.create("https://sso.acme.example/realms/acme"),
                        Optional.empty(),
                        "btp",
                        PASSWORD,
                        List.of("openid", "email", "profile"),
                        Tls.verified()));
    }

    @Test
    void publishesVaultWithAPathForEachInstallation() throws Exception {
        var configuration = vault();

        assertThat(new ByoSecrets()
                        .open(configuration, PLATFORM)
                        .observe(Given.NOTHING)
                        .outputs())
                .containsValue(new SecretStore(
                        SecretStore.Kind.VAULT,
                        Optional.of(URI.create("https://vault.acme.example:8200")),
                        "secret/btp/acme",
                        Optional.of(new Access.Token(PASSWORD)),
                        Optional.of("team"),
                        Tls.verified()));
    }

    @Test
    void removesSecretsFromVaultOnlyTogetherWithTheDataThatTheyOpen() throws Exception {
        var context = new FakeContext(Set.of(Need.PLATFORM_USE));
        context.kept().put("postgres", PASSWORD);
        var provider = new ByoSecrets();

        assertThat(provider.removal(new Removal<>(Given.NOTHING, Optional.of(vault()), true), context)
                        .isEmpty())
                .isTrue();
        assertThat(provider.removal(new Removal<>(Given.NOTHING, Optional.empty(), false), context)
                        .isEmpty())
                .isTrue();
        var plan = provider.removal(new Removal<>(Given.NOTHING, Optional.of(vault()), false), context);
        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step).hasToString("delete secret postgres");
            assertThat(step.impact()).isEqualTo(Step.Impact.DATA_LOSS);
        });
        context.kept().clear();
        assertThat(provider.removal(new Removal<>(Given.NOTHING, Optional.of(vault()), false), context)
                        .isEmpty())
                .isTrue();
    }

    private static ByoSecrets.Configuration vault() {
        return new ByoSecrets()
                .form()
                .configuration(new Given(Map.of(
                        "address",
                        URI.create("https://vault.acme.example:8200"),
                        "namespace",
                        "team",
                        "token",
                        PASSWORD)));
    }

    @Test
    void removesNothing() throws Exception {
        var removal = new Removal<ByoPostgres.Configuration>(Given.NOTHING, Optional.empty(), false);

        assertThat(new ByoPostgres().removal(removal, PLATFORM)).isSameAs(Plan.nothing());
    }

    private Problem problem(Path caFile) throws InterruptedException {
        var observation = new ByoPostgres()
                .open(postgres(Optional.of(caFile.toString())), PLATFORM)
                .observe(Given.NOTHING);
        assertThat(observation.outputs()).isEmpty();
        var problem = observation.install().blocked().orElseThrow();
        assertThat(problem.toString()).doesNotContain("canary");
        return problem;
    }

    private static ByoPostgres.Configuration postgres(Optional<String> caFile) {
        return postgres(caFile, Map.of());
    }

    private static ByoPostgres.Configuration postgres(Optional<String> caFile, Map<String, ByoPostgres.Role> uses) {
        var platform = new ByoPostgres.Role("btp", "app", PASSWORD);
        return new ByoPostgres.Configuration("db", 5432, platform, Tls.Mode.VERIFY_FULL, caFile, uses);
    }

    private Path authority() throws IOException, InterruptedException {
        var store = folder.resolve("store.p12").toString();
        run(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test authority",
                "-keystore",
                store,
                "-storepass",
                "changeit");
        var file = folder.resolve("ca.pem");
        run(
                "-exportcert",
                "-rfc",
                "-alias",
                "ca",
                "-keystore",
                store,
                "-storepass",
                "changeit",
                "-file",
                file.toString());
        return file;
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(java.util.List.of(arguments));
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
