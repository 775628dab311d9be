package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Change;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PostgresPlanTest {
    private static final ObjectRef CLUSTER = ObjectRef.of(World.GROUP_VERSION, "Cluster", "btp-deps", "acme-postgres");

    private final World world = new World();

    @BeforeEach
    void install() throws InterruptedException {
        Lab.whole(world).install();
    }

    private Lab with(int instances, String storage, String version) {
        return Lab.whole(world)
                .with(
                        new CloudNativePg(),
                        new CloudNativePg.Configuration(
                                instances, Quantity.of(storage), Optional.empty(), version, Map.of(), true));
    }

    @Test
    void growsStorageInPlace() throws InterruptedException {
        var steps = with(1, "50Gi", "17").plan();

        assertThat(steps).extracting(Step::toString).containsExactly("update Cluster btp-deps/acme-postgres");
        assertThat(steps.getFirst().changes()).containsExactly(Change.of("spec.storage.size", "20Gi", "50Gi"));
        assertThat(steps.getFirst().impact()).isEqualTo(Step.Impact.NONE);
    }

    @Test
    void refusesToShrinkStorage() {
        assertThatThrownBy(() -> with(1, "10Gi", "17").plan())
                .isInstanceOf(ProviderException.class)
                .hasMessage("PostgreSQL's storage is 20Gi and cannot shrink to 10Gi");
    }

    @Test
    void scalesOut() throws InterruptedException {
        assertThat(with(3, "20Gi", "17").plan())
                .singleElement()
                .satisfies(step -> assertThat(step.changes()).containsExactly(Change.of("spec.instances", 1, 3)));
    }

    @Test
    void saysThatAMajorUpgradeIsADowntime() throws InterruptedException {
        assertThat(with(1, "20Gi", "18").plan())
                .singleElement()
                .extracting(Step::impact)
                .isEqualTo(Step.Impact.DOWNTIME);
    }

    @Test
    void saysThatAMinorUpgradeIsARestart() throws InterruptedException {
        assertThat(with(1, "20Gi", "17.6").plan())
                .singleElement()
                .extracting(Step::impact)
                .isEqualTo(Step.Impact.RESTART);
    }

    @Test
    void refusesToGoBackAMajorVersion() {
        assertThatThrownBy(() -> with(1, "20Gi", "16").plan())
                .isInstanceOf(ProviderException.class)
                .hasMessage("PostgreSQL is at version 17 and cannot go back to 16");
    }

    @Test
    void refusesAnotherStorageClass() throws InterruptedException {
        world.put(Map.of(
                "apiVersion",
                World.GROUP_VERSION,
                "kind",
                "Cluster",
                "metadata",
                Map.of("name", "acme-postgres", "namespace", "btp-deps"),
                "spec",
                Map.of("storage", Map.of("storageClass", "gp3"))));
        var lab = Lab.whole(world)
                .with(
                        new CloudNativePg(),
                        new CloudNativePg.Configuration(
                                1, Quantity.of("20Gi"), Optional.of("io2"), "17", Map.of(), true));

        assertThatThrownBy(lab::plan).hasMessageContaining("storage class gp3, expected io2");
    }

    @Test
    void seesAndMendsDrift() throws InterruptedException {
        world.put(Map.of(
                "apiVersion",
                World.GROUP_VERSION,
                "kind",
                "Cluster",
                "metadata",
                Map.of("name", "acme-postgres", "namespace", "btp-deps"),
                "spec",
                Map.of("instances", 7)));
        var lab = Lab.whole(world);

        assertThat(lab.plan())
                .singleElement()
                .satisfies(step -> assertThat(step.changes()).containsExactly(Change.of("spec.instances", 7, 1)));
        lab.install();
        assertThat(lab.planned()).isEmpty();
    }

    @Test
    void bringsBackARemovedCopyOfThePassword() throws InterruptedException {
        world.delete(ObjectRef.of("v1", "Secret", "btp-deps", "acme-postgres-role-btp"));

        assertThat(Lab.whole(world).planned()).containsExactly("create Secret btp-deps/acme-postgres-role-btp");
    }

    @Test
    void neverMakesAPasswordAnewThatIsInUse() {
        world.delete(ObjectRef.of("v1", "Secret", "btp-deps", "acme-secret-postgres"));

        assertThatThrownBy(() -> Lab.whole(world).plan()).isInstanceOfSatisfying(ProviderException.class, lost -> {
            assertThat(lost.problem().reason()).isEqualTo(Problem.Reason.FAILED);
            assertThat(lost.problem().remedy()).contains("Secret btp-deps/acme-postgres-role-btp");
        });
    }

    @Test
    void plansNothingNewWhileTheSecretStoreIsUnknown() throws InterruptedException {
        var context = new FakeContext(
                world,
                new CloudNativePg(),
                new io.btp.installer.api.Installation("acme", "x.example", io.btp.installer.api.Connection.direct()),
                java.util.Set.of(Need.PLATFORM_USE));
        var component = new CloudNativePg().open(Lab.POSTGRES, context);

        assertThat(component.observe(Lab.places()).install().isEmpty()).isTrue();
    }

    @Test
    void waitsOutTheWebhooksFirstSeconds() throws InterruptedException {
        var fresh = new World();
        fresh.refusals = 3;

        Lab.whole(fresh).install();

        assertThat(Lab.whole(fresh).planned()).isEmpty();
    }

    @Test
    void failsWithTheWebhooksWordsWhenItNeverAnswers() {
        var fresh = new World();
        fresh.refusals = 1000;

        assertThatThrownBy(() -> Lab.whole(fresh).install())
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failed -> assertThat(failed.problem().root().summary()).isEqualTo("failed calling webhook"));
    }

    @Test
    void putsTheComparisonOffWhileTheWebhookOfARunningClusterDoesNotAnswer() throws InterruptedException {
        world.refusals = 1;

        assertThat(Lab.whole(world).plan()).singleElement().satisfies(step -> {
            assertThat(step).hasToString("update Cluster btp-deps/acme-postgres");
            assertThat(step.after()).contains(Need.api(World.GROUP_VERSION));
            assertThat(step.changes()).containsExactly(Change.to("spec", "known after the operator's webhook answers"));
        });
    }

    @Test
    void mendsDriftThatItCouldNotCompareAtFirst() throws InterruptedException {
        world.put(Map.of(
                "apiVersion",
                World.GROUP_VERSION,
                "kind",
                "Cluster",
                "metadata",
                Map.of("name", "acme-postgres", "namespace", "btp-deps"),
                "spec",
                Map.of("instances", 7)));
        world.refusals = 3;

        Lab.whole(world).install();

        assertThat(Lab.whole(world).planned()).isEmpty();
        assertThat(world.find(CLUSTER).flatMap(live -> Tree.text(live, "spec", "instances")))
                .contains("1");
    }

    @Test
    void failsWithTheWebhooksWordsWhenItNeverLetsItCompare() {
        world.refusals = 1000;

        assertThatThrownBy(() -> Lab.whole(world).install())
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failed -> assertThat(failed.problem().root().summary()).isEqualTo("failed calling webhook"));
    }

    @Test
    void givesEachUseADatabaseAndARoleOfItsOwn() throws InterruptedException {
        var lab = Lab.whole(world).with(new CloudNativePg(), Lab.POSTGRES, "keycloak");

        assertThat(lab.planned())
                .containsExactly(
                        "create secret postgres-keycloak",
                        "create Secret btp-deps/acme-postgres-role-keycloak",
                        "update Cluster btp-deps/acme-postgres",
                        "create Database btp-deps/acme-postgres-keycloak",
                        "await Database btp-deps/acme-postgres-keycloak applied");
        lab.install();
        assertThat(lab.planned()).isEmpty();
        var keycloak = lab.published().get(Need.input(Slots.POSTGRES).forUse("keycloak"));
        assertThat(keycloak.database()).isEqualTo("keycloak");
        assertThat(keycloak.username()).isEqualTo("keycloak");
        assertThat(keycloak.password().matches(Secret.of(FakeContext.CANARY + "postgres-keycloak")))
                .isTrue();
    }

    @Test
    void publishesNothingUntilTheServerIsReady() throws InterruptedException {
        var fresh = new World();
        assertThatThrownBy(() -> Lab.whole(fresh).install(10)).isInstanceOf(Lab.Stopped.class);

        assertThat(Lab.whole(fresh).published().find(Slots.POSTGRES)).isEmpty();
    }

    @Test
    void asksTheRegistryMirrorForItsImage() {
        var connection = new io.btp.installer.api.Connection(
                Optional.empty(), List.of(), Optional.empty(), Optional.of("registry.acme.example/mirror"));
        var installation = new io.btp.installer.api.Installation("acme", "x.example", connection);

        var cluster = new PostgresManifests(Lab.POSTGRES, installation, "btp-deps").cluster(java.util.Set.of());

        assertThat(Tree.text(cluster, "spec", "imageName"))
                .contains("registry.acme.example/mirror/cloudnative-pg/postgresql:17");
    }

    @Test
    void isReadyOnlyByItsOwnWord() throws InterruptedException {
        world.objects.computeIfPresent(World.key(CLUSTER), (key, cluster) -> {
            var unready = new java.util.LinkedHashMap<>(cluster);
            unready.remove("status");
            return unready;
        });

        assertThat(Lab.whole(world).planned()).containsExactly("await Cluster btp-deps/acme-postgres ready");
    }
}
