package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RemovalTest {
    private final World world = new World();

    // The platform's namespace is the engine's: it makes it first and removes it last.
    private Lab installed() throws InterruptedException {
        world.put(Map.of(
                "apiVersion", "v1",
                "kind", "Namespace",
                "metadata",
                        Map.of(
                                "name",
                                "settlemint",
                                "labels",
                                Map.of("installer.btp/installation", "acme", "installer.btp/home", "true"))));
        var lab = Lab.whole(world).with(new CloudNativePg(), Lab.POSTGRES, "keycloak");
        lab.install();
        return lab;
    }

    @Test
    void leavesNothingWhenDataGo() throws InterruptedException {
        installed().remove(false);

        assertThat(world.names()).containsExactly("Namespace settlemint");
        assertThat(world.releases).isEmpty();
    }

    @Test
    void removingTwiceIsFine() throws InterruptedException {
        var lab = installed();
        lab.remove(false);

        assertThat(lab.remove(false)).isEmpty();
    }

    @Test
    void keepsDataAndWhatIsBeneathThem() throws InterruptedException {
        installed().remove(true);

        assertThat(world.names())
                .contains(
                        "Cluster btp-deps/acme-postgres",
                        "PersistentVolumeClaim btp-deps/acme-postgres-1",
                        "PersistentVolumeClaim btp-deps/acme-redis",
                        "Secret btp-deps/acme-postgres-role-btp",
                        "Secret btp-deps/acme-secret-postgres",
                        "Namespace btp-deps",
                        "Namespace cnpg-system")
                .doesNotContain("Deployment btp-deps/acme-redis", "Namespace deployments");
        assertThat(world.releases).containsOnlyKeys("cnpg-system/btp-cloudnative-pg");
    }

    @Test
    void goesOnWithKeptData() throws InterruptedException {
        var lab = installed();
        lab.remove(true);

        lab.install();

        assertThat(lab.planned()).isEmpty();
        assertThat(world.names()).contains("Cluster btp-deps/acme-postgres");
    }

    @Test
    void findsEverythingWithTheRecordLost() throws InterruptedException {
        installed().withoutRecord().remove(false);

        assertThat(world.names()).containsExactly("Namespace settlemint");
    }

    @Test
    void leavesADatabaseOfTheSameNameThatSomebodyElseMade() throws InterruptedException {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "theirs")));
        var lab = installed();
        world.put(Map.of(
                "apiVersion",
                World.GROUP_VERSION,
                "kind",
                "Cluster",
                "metadata",
                Map.of("name", "acme-postgres", "namespace", "theirs")));

        lab.remove(false);

        assertThat(world.names())
                .contains(
                        "Cluster theirs/acme-postgres",
                        "PersistentVolumeClaim theirs/acme-postgres-1",
                        "Secret theirs/acme-postgres-ca");
        assertThat(world.releases).containsOnlyKeys("cnpg-system/btp-cloudnative-pg");
    }

    @Test
    void removesWhatWasKeptBefore() throws InterruptedException {
        var lab = installed();
        lab.remove(true);

        lab.remove(false);

        assertThat(world.names()).containsExactly("Namespace settlemint");
    }

    @Test
    void goesOnAfterAStopBehindEachStepOfARemoval() throws InterruptedException {
        int steps = installed().remove(false).size();
        for (int stop = 0; stop < steps; stop++) {
            world.objects.clear();
            world.releases.clear();
            var lab = installed();
            lab.remove(false, stop);

            lab.remove(false);

            assertThat(world.names()).as("stopped after %d steps", stop).containsExactly("Namespace settlemint");
        }
    }
}
