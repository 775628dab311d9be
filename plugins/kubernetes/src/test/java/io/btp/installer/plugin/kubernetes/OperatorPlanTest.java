package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Need;
import io.btp.installer.api.contract.KubernetesApi;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OperatorPlanTest {
    private final World world = new World();

    private Lab lab(String installation) {
        return Lab.of(world, installation).with(new CloudNativePgOperator(), Map.of());
    }

    private static KubernetesApi api(Lab lab) throws InterruptedException {
        return lab.published().get(Need.api(World.GROUP_VERSION));
    }

    @Test
    void installsTheOperatorBesideItsMark() throws InterruptedException {
        lab("acme").install();

        assertThat(world.releases).containsOnlyKeys("cnpg-system/btp-cloudnative-pg");
        assertThat(api(lab("acme")).adopted()).isFalse();
    }

    @Test
    void adoptsAnOperatorThatWasThereBefore() throws InterruptedException {
        world.foreignOperator = true;

        assertThat(lab("acme").planned()).isEmpty();
        assertThat(api(lab("acme")).adopted()).isTrue();
        assertThat(lab("acme").remove(false)).isEmpty();
    }

    @Test
    void goesOnWithItsOwnOperatorThatIsHalfMade() throws InterruptedException {
        lab("acme").install();
        world.releases.clear();

        assertThat(lab("acme").planned()).containsExactly("create release cnpg-system/btp-cloudnative-pg");
    }

    @Test
    void sharesTheOperatorOfAnotherInstallation() throws InterruptedException {
        lab("acme").install();

        assertThat(lab("beta").planned()).containsExactly("create ConfigMap cnpg-system/beta-uses-cloudnative-pg");
        lab("beta").install();
        assertThat(api(lab("beta")))
                .isEqualTo(new KubernetesApi(World.GROUP_VERSION, "the operator of the installation acme", true));
    }

    @Test
    void takesOnlyItsMarkFromASharedOperator() throws InterruptedException {
        lab("acme").install();
        lab("beta").install();

        assertThat(lab("beta").remove(false)).containsExactly("delete ConfigMap cnpg-system/beta-uses-cloudnative-pg");
    }

    @Test
    void staysWhileAnotherInstallationUsesIt() throws InterruptedException {
        lab("acme").install();
        lab("beta").install();

        assertThat(lab("acme").remove(false)).isEmpty();
    }

    @Test
    void staysWhileSomebodyElseHasADatabase() throws InterruptedException {
        lab("acme").install();
        database(Map.of());

        assertThat(lab("acme").remove(false)).isEmpty();
    }

    @Test
    void staysBeneathDataThatAreKept() throws InterruptedException {
        lab("acme").install();
        database(Map.of("installer.btp/installation", "acme"));

        assertThat(lab("acme").remove(true)).isEmpty();
    }

    private void database(Map<String, String> labels) {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "apps")));
        world.put(Map.of(
                "apiVersion",
                World.GROUP_VERSION,
                "kind",
                "Cluster",
                "metadata",
                Map.of("name", "any", "namespace", "apps", "labels", labels)));
    }

    @Test
    void goesWithItsMakerWhenNobodyUsesIt() throws InterruptedException {
        lab("acme").install();

        assertThat(lab("acme").remove(true))
                .containsExactly(
                        "delete release cnpg-system/btp-cloudnative-pg",
                        "delete ConfigMap cnpg-system/acme-uses-cloudnative-pg",
                        "delete Namespace cnpg-system");
    }

    @Test
    void isMadeAgainWhereOnlyItsDefinitionsWereLeft() throws InterruptedException {
        lab("acme").install();
        lab("acme").remove(true);
        assertThat(world.isServed(World.GROUP_VERSION)).isTrue();

        assertThat(lab("acme").planned()).contains("create release cnpg-system/btp-cloudnative-pg");
        lab("acme").install();
        assertThat(lab("acme").planned()).isEmpty();
    }
}
