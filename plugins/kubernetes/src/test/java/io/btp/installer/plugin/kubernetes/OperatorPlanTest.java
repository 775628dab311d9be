package io.btp.installer.plugin.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.btp.installer.api.Need;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.KubernetesApi;
import java.util.List;
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
        world.putForeignOperator();

        assertThat(lab("acme").planned()).isEmpty();
        assertThat(api(lab("acme")).adopted()).isTrue();
        assertThat(lab("acme").remove(false)).isEmpty();
    }

    @Test
    void knowsAnOperatorByItsWebhooks() throws InterruptedException {
        world.putForeignDefinition();
        world.put(Map.of(
                "apiVersion",
                "admissionregistration.k8s.io/v1",
                "kind",
                "ValidatingWebhookConfiguration",
                "metadata",
                Map.of("name", "theirs"),
                "webhooks",
                List.of(Map.of("rules", List.of(Map.of("apiGroups", List.of("postgresql.cnpg.io")))))));

        assertThat(lab("acme").planned()).isEmpty();
        assertThat(api(lab("acme")).adopted()).isTrue();
    }

    @Test
    void trustsNoDefinitionsWithoutAnOperator() {
        world.putForeignDefinition();

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> lab("acme").planned())
                .withMessageContaining("serves postgresql.cnpg.io/v1, but no operator that acts on it was found");
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

        assertThat(lab("acme").remove(false)).containsExactly("delete ConfigMap cnpg-system/acme-uses-cloudnative-pg");
        assertThat(world.releases).containsOnlyKeys("cnpg-system/btp-cloudnative-pg");
        assertThat(lab("acme").remove(false)).isEmpty();
    }

    @Test
    void isTakenOverByAnotherThatRunsWhenItsMakerHasGone() throws InterruptedException {
        lab("acme").install();
        lab("beta").install();
        lab("acme").remove(false);

        assertThat(lab("beta").planned()).containsExactly("update ConfigMap cnpg-system/beta-uses-cloudnative-pg");
        lab("beta").install();
        assertThat(lab("beta").planned()).isEmpty();
        assertThat(api(lab("beta")).adopted()).isFalse();
        assertThat(lab("gamma").planned()).containsExactly("create ConfigMap cnpg-system/gamma-uses-cloudnative-pg");
    }

    @Test
    void isTakenOverByOneThatComesWhenItsMakerHasGone() throws InterruptedException {
        lab("acme").install();
        lab("beta").install();
        lab("acme").remove(false);

        lab("gamma").install();

        assertThat(api(lab("gamma")).adopted()).isFalse();
        assertThat(api(lab("beta")).servedBy()).isEqualTo("the operator of the installation gamma");
        assertThat(world.releases).containsOnlyKeys("cnpg-system/btp-cloudnative-pg");
    }

    @Test
    void goesWithTheLastOneInWhateverOrderTheyLeave() throws InterruptedException {
        for (var order : List.of(
                List.of("acme", "beta", "gamma"),
                List.of("beta", "acme", "gamma"),
                List.of("gamma", "beta", "acme"),
                List.of("acme", "gamma", "beta"))) {
            lab("acme").install();
            lab("beta").install();
            lab("gamma").install();

            for (var leaving : order) {
                lab(leaving).remove(false);
            }

            assertThat(world.names()).as("left in the order %s", order).isEmpty();
            assertThat(world.releases).isEmpty();
        }
    }

    @Test
    void goesWithTheLastOneWhereverItsRemovalWasStopped() throws InterruptedException {
        for (int stop = 0; stop < 4; stop++) {
            lab("acme").install();
            lab("beta").install();
            lab("acme").remove(false);
            lab("beta").remove(false, stop);

            lab("beta").remove(false);

            assertThat(world.names()).as("stopped after %d steps", stop).isEmpty();
        }
    }

    @Test
    void goesWithTheMakerWhileAnotherWasOnlyHalfInstalled() throws InterruptedException {
        lab("acme").install();
        try {
            lab("beta").install(0);
        } catch (Lab.Stopped killed) {
            // Killed before it left its mark.
        }

        lab("acme").remove(false);
        assertThat(world.names()).isEmpty();

        lab("beta").install();
        assertThat(api(lab("beta")).adopted()).isFalse();
    }

    @Test
    void staysForOneThatBeganToUseItAfterThePlan() throws InterruptedException {
        var acme = lab("acme");
        acme.install();
        var steps = acme.removal();
        lab("beta").install();

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> Lab.run(steps.getFirst()))
                .withMessageContaining("Another installation has begun to use cloudnative-pg");
        assertThat(world.releases).containsOnlyKeys("cnpg-system/btp-cloudnative-pg");
    }

    @Test
    void isRemovedByTheLastOfTwoThatLeaveAtOnce() throws InterruptedException {
        lab("acme").install();
        lab("beta").install();
        var steps = lab("beta").removal();
        mark("acme", "leaving", "0");

        Lab.run(steps.getFirst());
        assertThat(lab("beta").remove(false)).contains("delete release cnpg-system/btp-cloudnative-pg");

        assertThat(world.releases).isEmpty();
    }

    @Test
    void isLeftToTheOtherOfTwoThatLeaveAtOnceWhereThatSaidSoLater() throws InterruptedException {
        lab("acme").install();
        lab("beta").install();
        var steps = lab("acme").removal();
        mark("beta", "leaving", "99");

        Lab.run(steps.getFirst());

        assertThat(lab("acme").remove(false)).isEmpty();
        assertThat(lab("beta").remove(false)).contains("delete release cnpg-system/btp-cloudnative-pg");
    }

    @Test
    void isMadeByTheOneOfTwoThatSaidSoFirst() throws InterruptedException {
        lab("beta").install();
        mark("beta", "maker", "99");
        mark("acme", "maker", "100");

        assertThat(lab("acme").planned()).containsExactly("update ConfigMap cnpg-system/acme-uses-cloudnative-pg");
        assertThat(lab("beta").planned()).isEmpty();
    }

    @Test
    void isLeftToAnotherThatBeganToMakeItAfterThePlan() throws InterruptedException {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "cnpg-system")));
        var steps = lab("beta").plan();
        mark("acme", "maker", "99");
        mark("beta", "maker", "100");

        var release = steps.stream()
                .filter(step -> step.target().startsWith("release "))
                .findFirst()
                .orElseThrow();
        Lab.run(release);

        assertThat(world.releases).isEmpty();
    }

    private void mark(String installation, String role, String version) {
        world.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of(
                        "name",
                        installation + "-uses-cloudnative-pg",
                        "namespace",
                        "cnpg-system",
                        "resourceVersion",
                        version,
                        "labels",
                        Map.of(
                                "installer.btp/installation", installation,
                                "installer.btp/provider", "kubernetes.cloudnative-pg-operator",
                                "installer.btp/shared", "cloudnative-pg")),
                "data",
                Map.of("role", role)));
    }

    @Test
    void leavesTheNamespaceInWhichSomebodyElseRunsSomething() throws InterruptedException {
        lab("acme").install();
        world.put(Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "metadata",
                Map.of("name", "theirs", "namespace", "cnpg-system")));

        lab("acme").remove(false);

        assertThat(world.names()).containsExactly("Deployment cnpg-system/theirs", "Namespace cnpg-system");
    }

    @Test
    void leavesANamespaceThatWasThereBefore() throws InterruptedException {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", "cnpg-system")));
        lab("acme").install();

        lab("acme").remove(false);

        assertThat(world.names()).containsExactly("Namespace cnpg-system");
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
                        "delete CustomResourceDefinition clusters.postgresql.cnpg.io",
                        "delete ConfigMap cnpg-system/acme-uses-cloudnative-pg",
                        "delete Namespace cnpg-system");
    }

    @Test
    void isMadeAgainWhereOnlyItsDefinitionsWereLeft() throws InterruptedException {
        lab("acme").install();
        var left = requireNonNull(world.objects.get("CustomResourceDefinition clusters.postgresql.cnpg.io"));
        lab("acme").remove(true);
        world.put(left);

        assertThat(lab("acme").planned()).contains("create release cnpg-system/btp-cloudnative-pg");
        lab("acme").install();
        assertThat(lab("acme").planned()).isEmpty();
    }
}
