package io.btp.installer.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Check;
import io.btp.installer.api.Component;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Observation;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Records;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Platform;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformReleaseTest {
    private static final String RELEASE = "settlemint/acme-platform";
    private static final Progress NO_PROGRESS = new Progress() {
        @Override
        public void say(String message) {}

        @Override
        public void at(int done, int total) {}

        @Override
        public void until(Duration usually, Poll poll) {
            throw new IllegalStateException("nothing is waited for here");
        }
    };

    private final FakeContext context = new FakeContext(Map.of());
    private final PlatformProvider provider =
            new PlatformProvider(InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z")));

    @TempDir
    private Path folder;

    private Component<Platform> open(PlatformConfiguration configuration) {
        return provider.open(configuration, context);
    }

    private Observation<Platform> observe(Records records) throws InterruptedException {
        return open(Samples.configuration()).observe(records);
    }

    private static void run(List<Step> steps) throws InterruptedException {
        for (var step : steps) {
            step.action().run(NO_PROGRESS);
        }
    }

    private HelmRelease installed() {
        return Objects.requireNonNull(context.installed.get(RELEASE));
    }

    @Test
    void plansEverythingWhenNothingIsThere() throws InterruptedException {
        var plan = open(Samples.configuration())
                .absent(FakeRecords.none().filling(Slots.CLUSTER))
                .install();

        assertThat(plan.steps())
                .extracting(Step::toString)
                .containsExactly(
                        "create secret platform-jwt-signing-key",
                        "create secret platform-ipfs-cluster-secret",
                        "create secret platform-state-encryption-key",
                        "create secret platform-grafana-password",
                        "create release known after namespaces/acme-platform");
        assertThat(plan.steps().getLast().after()).containsExactlyInAnyOrderElementsOf(PlatformProvider.NEEDS);
    }

    @Test
    void knowsNoValuesWhileARecordIsMissing() throws InterruptedException {
        var needed = List.of(
                Slots.NAMESPACES,
                Slots.POSTGRES,
                Slots.REDIS,
                Slots.OBJECT_STORE,
                Slots.SECRETS,
                Slots.INGRESS,
                Slots.CERTIFICATES,
                Slots.IDENTITY);
        for (var slot : needed) {
            var plan = observe(Samples.full().without(slot)).install();
            run(plan.steps());

            assertThat(context.installed.values())
                    .as(slot.path())
                    .singleElement()
                    .satisfies(release -> assertThat(release.values()).isEmpty());
            context.installed.clear();
        }
    }

    @Test
    void makesItsSecretsFirstAndUsesWhatTheStoreHolds() throws InterruptedException {
        run(observe(Samples.minimal()).install().steps());

        assertThat(installed().values().orElseThrow().get("auth"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .extractingByKey("jwtSigningKey", InstanceOfAssertFactories.type(Secret.class))
                .extracting(Secret::reveal)
                .isEqualTo("made-platform-jwt-signing-key");
    }

    @Test
    void publishesThePlatformOnceNothingIsLeft() throws InterruptedException {
        run(observe(Samples.minimal()).install().steps());
        var observation = observe(Samples.minimal());

        assertThat(observation.install().isEmpty()).isTrue();
        assertThat(observation.outputs().values())
                .containsExactly(new Platform(URI.create("https://btp.acme.example"), "v7.32.10", RELEASE));
    }

    @Test
    void neverMakesALostSecretAnew() throws InterruptedException {
        run(observe(Samples.minimal()).install().steps());
        context.stored.remove("platform-state-encryption-key");

        assertThat(observe(Samples.minimal()).install().blocked())
                .hasValueSatisfying(problem -> assertThat(problem.summary()).contains("platform-state-encryption-key"));
    }

    @Test
    void goesOnWhereSecretsWereMadeAndTheReleaseWasNot() throws InterruptedException {
        run(observe(Samples.minimal()).install().steps().subList(0, 2));

        assertThat(observe(Samples.minimal()).install().steps())
                .extracting(Step::target)
                .containsExactly(
                        "secret platform-state-encryption-key",
                        "secret platform-grafana-password",
                        "release " + RELEASE);
    }

    @Test
    void isBlockedWhereThePlatformWouldBeLessSafeThanAsked() throws InterruptedException {
        var records = Samples.minimal().with(Slots.POSTGRES, Samples.postgres(Samples.PRIVATE));
        var decided = new FakeContext(Map.of("postgresql", Map.of("sslMode", "require")));

        assertThat(observe(records).install().blocked()).isPresent();
        assertThat(provider.open(Samples.configuration(), decided)
                        .observe(records)
                        .install()
                        .blocked())
                .isEmpty();
    }

    @Test
    void takesTheChartFromTheUsersRegistry() throws InterruptedException {
        run(open(Samples.fullConfiguration()).observe(Samples.full()).install().steps());

        assertThat(installed().chart().location())
                .isEqualTo(URI.create("oci://registry.acme.example/settlemint/settlemint"));
    }

    @Test
    void mergesTheValuesFileUnderTheAnswersOwnValues() throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("values.yaml"), "ingress: {path: /btp}\napp: {replicaCount: 3}\n");
        run(open(with(file)).observe(Samples.minimal()).install().steps());

        var values = installed().values().orElseThrow();
        assertThat(values).containsEntry("app", Map.of("replicaCount", 3));
        assertThat(values.get("ingress"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("path", "/btp")
                .containsEntry("host", "btp.acme.example");
    }

    @Test
    void saysWhichKeyOfTheValuesFileIsEmptyAndNeverWhatItHolds() throws IOException {
        var empty = Files.writeString(folder.resolve("empty.yaml"), "app:\n  list:\n  - one:\n");
        var broken = Files.writeString(folder.resolve("broken.yaml"), "password: \"canary\n");

        assertThatThrownBy(() -> open(with(empty)).observe(Samples.minimal()))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("app.list[0].one is empty");
        assertThatThrownBy(() -> open(with(broken)).observe(Samples.minimal()))
                .isInstanceOf(ProviderException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void removesTheReleaseWhereverItLives() throws InterruptedException {
        var records = Samples.minimal()
                .with(Slots.NAMESPACES, new Namespaces("elsewhere", "deployments", "btp-deps", Map.of()));
        run(observe(records).install().steps());
        var places = FakeRecords.none().with(Slots.CLUSTER, Samples.cluster(Optional.empty(), false));

        run(provider.removal(new Removal<>(places, Optional.empty(), true), context)
                .steps());

        assertThat(context.installed).isEmpty();
        assertThat(provider.removal(new Removal<>(places, Optional.empty(), true), context)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void checksTheLicenceBeforeAnythingIsThere() {
        assertThat(open(Samples.configuration()).checks(FakeRecords.none()))
                .filteredOn(check -> check.id().equals("platform.license"))
                .singleElement()
                .satisfies(check -> assertThat(check.strict()).isTrue());
    }

    @Test
    void refusesGivenSecretsThatAreTooWeak() throws InterruptedException {
        var given = new PlatformConfiguration.Given(
                Optional.of(Secret.of("short")),
                Optional.of(Secret.of("g".repeat(64))),
                Optional.of(Secret.of("s".repeat(32))));

        assertThat(result("platform.secrets", given, Optional.empty()))
                .isInstanceOfSatisfying(
                        Check.Result.Failed.class,
                        failed -> assertThat(failed.problem().summary())
                                .contains("secrets.jwtSigningKey, secrets.ipfsClusterSecret do")
                                .doesNotContain("short"));
    }

    @Test
    void findsOutThatTheStorageClassIsMissing() throws InterruptedException {
        assertThat(result("platform.storage-class", Samples.configuration().secrets(), Optional.of("fast")))
                .isInstanceOf(Check.Result.Failed.class);
        context.storageClasses.add("fast");
        assertThat(result("platform.storage-class", Samples.configuration().secrets(), Optional.of("fast")))
                .isInstanceOf(Check.Result.Passed.class);
    }

    private Check.Result result(String id, PlatformConfiguration.Given given, Optional<String> storageClass)
            throws InterruptedException {
        return open(with(given, storageClass, Optional.empty())).checks(Samples.minimal()).stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow()
                .probe()
                .run();
    }

    private static PlatformConfiguration with(Path file) {
        return with(Samples.configuration().secrets(), Optional.empty(), Optional.of(file));
    }

    private static PlatformConfiguration with(
            PlatformConfiguration.Given given, Optional<String> storageClass, Optional<Path> file) {
        var sample = Samples.configuration();
        return new PlatformConfiguration(
                sample.registry(),
                sample.license(),
                given,
                sample.target(),
                sample.email(),
                sample.google(),
                storageClass,
                file);
    }
}
