package io.btp.installer.plugin.byo;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.Removal;
import io.btp.installer.api.contract.Access;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointTest {
    private static final FakeContext PLATFORM = new FakeContext(Set.of(Need.PLATFORM_USE));
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
                Secret.of("access"),
                PASSWORD,
                Optional.empty());
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
    void refusesUsesThatItHasNoAnswersFor() throws Exception {
        var context = new FakeContext(Set.of(Need.PLATFORM_USE, "keycloak"));

        var observation =
                new ByoPostgres().open(postgres(Optional.empty()), context).observe(Given.NOTHING);

        assertThat(observation.install().blocked()).hasValueSatisfying(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(problem.summary())
                    .isEqualTo("The answers name one database, for the platform; keycloak needs one of its own");
        });
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
        return new ByoPostgres.Configuration("db", 5432, "btp", "app", PASSWORD, Tls.Mode.VERIFY_FULL, caFile);
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
