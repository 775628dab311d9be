package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Need;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All providers of the plugin together. */
final class InstallTest {
    private static final String[] FIRST_PLAN = {
        "create Namespace settlemint",
        "create Namespace deployments",
        "create Namespace btp-deps",
        "create ServiceAccount settlemint/acme-workload",
        "create Namespace cnpg-system",
        "create ConfigMap cnpg-system/acme-uses-cloudnative-pg",
        "create release cnpg-system/btp-cloudnative-pg",
        "await API postgresql.cnpg.io/v1",
        "create secret postgres",
        "create Secret btp-deps/acme-postgres-role-btp",
        "create Cluster btp-deps/acme-postgres",
        "await Cluster btp-deps/acme-postgres ready",
        "create secret redis",
        "create Secret btp-deps/acme-redis-users",
        "create release btp-deps/acme-redis"
    };

    @Test
    void plansTheWholeFirstInstallInOrder() throws InterruptedException {
        assertThat(Lab.whole(new World()).planned()).containsExactly(FIRST_PLAN);
    }

    @Test
    void plansTheSameWhileTheClusterIsMissing() throws InterruptedException {
        assertThat(Lab.whole(new World()).withoutCluster().planned()).containsExactly(FIRST_PLAN);
    }

    @Test
    void everyStepThatUsesWhatOthersMakeWaitsForIt() throws InterruptedException {
        var steps =
                Lab.whole(new World()).plan().stream().collect(Collectors.toMap(Step::toString, InstallTest::slots));

        assertThat(steps.get("create secret postgres")).contains(Slots.SECRETS);
        assertThat(steps.get("create Secret btp-deps/acme-postgres-role-btp"))
                .contains(Slots.NAMESPACES, Slots.SECRETS);
        assertThat(steps.get("create Cluster btp-deps/acme-postgres"))
                .contains(Slots.NAMESPACES, Slots.SECRETS, Slots.KUBERNETES_API);
        assertThat(steps.get("create release btp-deps/acme-redis")).contains(Slots.NAMESPACES, Slots.SECRETS);
    }

    private static Set<Slot<?>> slots(Step step) {
        return step.after().stream().map(Need::slot).collect(Collectors.toUnmodifiableSet());
    }

    @Test
    void hasNothingToDoOnceItIsInstalled() throws InterruptedException {
        var lab = Lab.whole(new World());

        assertThat(lab.install()).isPositive();

        assertThat(lab.planned()).isEmpty();
        assertThat(lab.install()).isZero();
    }

    @Test
    void convergesFromAStopAfterEachSingleStep() throws InterruptedException {
        var reference = new World();
        int steps = Lab.whole(reference).install();
        for (int stop = 0; stop < steps; stop++) {
            var world = new World();
            int limit = stop;
            assertThatThrownBy(() -> Lab.whole(world).install(limit)).isInstanceOf(Lab.Stopped.class);

            Lab.whole(world).install();

            assertThat(world.objects).as("stopped after %d steps", stop).isEqualTo(reference.objects);
        }
    }

    @Test
    void neverPlansMoreThanTheFirstPlanAfterAStop() throws InterruptedException {
        int steps = Lab.whole(new World()).install();
        for (int stop = 0; stop < steps; stop++) {
            var world = new World();
            int limit = stop;
            assertThatThrownBy(() -> Lab.whole(world).install(limit)).isInstanceOf(Lab.Stopped.class);

            assertThat(Lab.whole(world).planned())
                    .as("stopped after %d steps", stop)
                    .isSubsetOf(FIRST_PLAN);
        }
    }

    @Test
    void publishesPostgresWithTheOperatorsAuthority() throws InterruptedException {
        var lab = Lab.whole(new World());
        lab.install();

        var postgres = lab.published().get(Slots.POSTGRES);

        assertThat(postgres.host()).isEqualTo("acme-postgres-rw.btp-deps.svc");
        assertThat(postgres.port()).isEqualTo(5432);
        assertThat(postgres.database()).isEqualTo("btp");
        assertThat(postgres.username()).isEqualTo("btp");
        assertThat(postgres.password().matches(Secret.of(FakeContext.CANARY + "postgres")))
                .isTrue();
        assertThat(postgres.tls()).isEqualTo(Tls.verifiedBy("authority of acme-postgres"));
    }

    @Test
    void publishesRedisWithItsPassword() throws InterruptedException {
        var lab = Lab.whole(new World());
        lab.install();

        var redis = lab.published().get(Slots.REDIS);

        assertThat(redis.host()).isEqualTo("acme-redis.btp-deps.svc");
        assertThat(redis.port()).isEqualTo(6379);
        assertThat(redis.username()).isEmpty();
        assertThat(redis.password().orElseThrow().matches(Secret.of(FakeContext.CANARY + "redis")))
                .isTrue();
    }

    @Test
    void showsNoSecretInAnyStep() throws InterruptedException {
        int steps = Lab.whole(new World()).install();
        for (int stop = 0; stop < steps; stop++) {
            var world = new World();
            int limit = stop;
            assertThatThrownBy(() -> Lab.whole(world).install(limit)).isInstanceOf(Lab.Stopped.class);
            for (var step : Lab.whole(world).plan()) {
                assertThat(step + " " + step.changes() + step.reason() + step.permissions() + step.after())
                        .doesNotContain(FakeContext.CANARY)
                        .doesNotContain(World.base64(FakeContext.CANARY).substring(0, 20));
            }
        }
    }

    @Test
    void keepsSecretsInNoHelmRelease() throws InterruptedException {
        var lab = Lab.whole(new World());
        lab.install();

        assertThat(lab.world.releases.values())
                .allSatisfy(release -> assertThat(
                                World.plain(release.values().orElseThrow()).toString())
                        .doesNotContain(FakeContext.CANARY));
    }
}
