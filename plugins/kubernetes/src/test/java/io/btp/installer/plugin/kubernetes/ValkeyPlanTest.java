package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.ObjectRef;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ValkeyPlanTest {
    private final World world = new World();

    private Lab with(int replicas, String storage) {
        return Lab.of(world, "acme")
                .with(new ManagedNamespaces(), Lab.NAMES)
                .with(new PlainSecrets(), Map.of())
                .with(new Valkey(), new Valkey.Configuration(replicas, Quantity.of(storage), Optional.empty()));
    }

    private Map<String, Object> values() {
        var release = world.releases.get("btp-deps/acme-redis");
        return World.plain(release == null ? Map.of() : release.values().orElseThrow());
    }

    @Test
    void asksForAPasswordAndProvesThatItIsReady() throws InterruptedException {
        with(0, "8Gi").install();

        assertThat(Tree.text(values(), "auth", "enabled")).contains("true");
        assertThat(Tree.text(values(), "auth", "usersExistingSecret")).contains("acme-redis-users");
        assertThat(Tree.text(values(), "auth", "aclUsers", "default", "permissions"))
                .contains("~* &* +@all");
        assertThat(Tree.text(values(), "readinessProbe", "enabled")).contains("true");
        assertThat(world.find(ObjectRef.of("v1", "Secret", "btp-deps", "acme-redis-users"))
                        .flatMap(secret -> Tree.text(secret, "data", "default")))
                .contains(World.base64(FakeContext.CANARY + "redis"));
    }

    @Test
    void keepsTheDataOfASingleServerOnAClaim() throws InterruptedException {
        with(0, "8Gi").install();

        assertThat(Tree.text(values(), "dataStorage", "requestedSize")).contains("8Gi");
        assertThat(Tree.text(values(), "dataStorage", "keepPvc")).contains("true");
        assertThat(Tree.text(values(), "deploymentStrategy")).contains("Recreate");
    }

    @Test
    void replicatesOnClaims() throws InterruptedException {
        with(2, "8Gi").install();

        assertThat(Tree.text(values(), "replica", "replicas")).contains("2");
        assertThat(Tree.text(values(), "replica", "persistence", "size")).contains("8Gi");
    }

    @Test
    void growsASingleServersStorageInPlace() throws InterruptedException {
        with(0, "8Gi").install();

        assertThat(with(0, "16Gi").planned()).containsExactly("update release btp-deps/acme-redis");
    }

    @Test
    void refusesToShrinkStorage() throws InterruptedException {
        with(0, "8Gi").install();

        assertThatThrownBy(() -> with(0, "4Gi").plan())
                .hasMessage("The claim acme-redis has 8Gi and cannot shrink to 4Gi");
    }

    @Test
    void refusesToGrowReplicatedStorage() throws InterruptedException {
        with(2, "8Gi").install();

        assertThatThrownBy(() -> with(2, "16Gi").plan()).hasMessageContaining("cannot grow it to 16Gi");
    }

    @Test
    void refusesToTurnASingleServerIntoReplicas() throws InterruptedException {
        with(0, "8Gi").install();

        assertThatThrownBy(() -> with(2, "8Gi").plan()).hasMessageContaining("runs without replicas");
    }

    @Test
    void refusesToTurnReplicasIntoASingleServer() throws InterruptedException {
        with(2, "8Gi").install();

        assertThatThrownBy(() -> with(0, "8Gi").plan()).hasMessageContaining("runs with replicas");
    }

    @Test
    void seesThatItsPasswordWasLost() throws InterruptedException {
        with(0, "8Gi").install();
        world.delete(ObjectRef.of("v1", "Secret", "btp-deps", "acme-secret-redis"));

        assertThatThrownBy(() -> with(0, "8Gi").plan()).hasMessageContaining("does not have redis any more");
    }

    @Test
    void goesOnWithAClaimThatWasKept() throws InterruptedException {
        var lab = with(0, "8Gi");
        lab.install();
        lab.remove(true);
        assertThat(world.names()).contains("PersistentVolumeClaim btp-deps/acme-redis");

        lab.install();

        assertThat(lab.planned()).isEmpty();
    }

    @Test
    void leavesAReleaseOfTheSameNameThatSomebodyElseMade() throws InterruptedException {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "theirs")));
        var chart = new Valkey().description().chart().orElseThrow();
        var values = Map.<String, Object>of("dataStorage", Map.of("requestedSize", "1Gi"));
        world.install(HelmRelease.of("theirs", "acme-redis", chart).values(values), Map.of());
        var lab = with(0, "8Gi");
        lab.install();

        lab.remove(false);

        assertThat(world.releases).containsOnlyKeys("theirs/acme-redis");
        assertThat(world.names()).contains("PersistentVolumeClaim theirs/acme-redis");
    }

    @Test
    void removesClaimsThatWereKeptBefore() throws InterruptedException {
        var lab = with(0, "8Gi");
        lab.install();
        lab.remove(true);

        lab.remove(false);

        assertThat(world.names()).noneMatch(name -> name.startsWith("PersistentVolumeClaim"));
    }
}
