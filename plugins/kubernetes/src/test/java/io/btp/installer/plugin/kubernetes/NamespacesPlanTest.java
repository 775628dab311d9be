package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Installation;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Slots;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NamespacesPlanTest {
    private final World world = new World();

    private Lab lab(boolean manage) {
        return Lab.of(world, "acme")
                .with(
                        new ManagedNamespaces(),
                        new ManagedNamespaces.Configuration(manage, "settlemint", "deployments", "btp-deps"));
    }

    private void namespace(String name, Map<String, String> labels) {
        world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name, "labels", labels)));
    }

    private void home() {
        namespace("settlemint", Map.of(Installation.LABEL, "acme", "installer.btp/home", "true"));
    }

    @Test
    void leavesTheHomeAsTheEngineMadeIt() throws InterruptedException {
        home();

        assertThat(lab(true).planned())
                .containsExactly(
                        "create Namespace deployments",
                        "create Namespace btp-deps",
                        "create ServiceAccount settlemint/acme-workload");
    }

    @Test
    void neverRemovesTheHome() throws InterruptedException {
        home();
        lab(true).install();

        lab(true).remove(false);

        assertThat(world.names()).containsExactly("Namespace settlemint");
    }

    @Test
    void givesItsNamesBeforeTheyAreThere() throws InterruptedException {
        var names = lab(true).withoutCluster().published().get(Slots.NAMESPACES);

        assertThat(names.dependencies()).isEqualTo("btp-deps");
        assertThat(names.serviceAccounts()).containsEntry("platform", "acme-workload");
    }

    @Test
    void adoptsWhatWasThereAndNeverRemovesIt() throws InterruptedException {
        namespace("btp-deps", Map.of("team", "data"));
        lab(true).install();

        lab(true).remove(false);

        assertThat(world.names()).contains("Namespace btp-deps").doesNotContain("Namespace deployments");
    }

    @Test
    void namesWhatIsMissingWhereItMayNotCreate() {
        namespace("settlemint", Map.of());

        assertThatThrownBy(() -> lab(false).plan()).isInstanceOfSatisfying(ProviderException.class, blocked -> {
            assertThat(blocked).hasMessage("The namespaces deployments, btp-deps are not there");
            assertThat(blocked.problem().remedy()).contains("kubectl create namespace");
        });
    }

    @Test
    void saysNothingOfMissingNamespacesWhileTheClusterIsMissing() throws InterruptedException {
        assertThat(lab(false).withoutCluster().planned()).isEmpty();
    }

    @Test
    void usesWhatIsThereWhereItMayNotCreate() throws InterruptedException {
        namespace("settlemint", Map.of());
        namespace("deployments", Map.of());
        namespace("btp-deps", Map.of());

        assertThat(lab(false).planned()).isEmpty();
        assertThat(lab(false).published().get(Slots.NAMESPACES).serviceAccounts())
                .isEmpty();
    }

    @Test
    void keepsANamespaceWithDataWhileDataAreKept() throws InterruptedException {
        lab(true).install();
        world.put(claim("btp-deps"));

        lab(true).remove(true);

        assertThat(world.names()).contains("Namespace btp-deps").doesNotContain("Namespace deployments");
    }

    @Test
    void removesANamespaceWithItsDataWhenDataGo() throws InterruptedException {
        lab(true).install();
        world.put(claim("btp-deps"));

        lab(true).remove(false);

        assertThat(world.names()).noneMatch(name -> name.contains("btp-deps"));
    }

    @Test
    void keepsANamespaceWithThingsOfOthersWhileDataAreKept() throws InterruptedException {
        lab(true).install();
        world.put(Map.of(
                "apiVersion", "v1",
                "kind", "ConfigMap",
                "metadata", Map.of("name", "theirs", "namespace", "deployments")));

        lab(true).remove(true);

        assertThat(world.find(ObjectRef.clusterWide("v1", "Namespace", "deployments")))
                .isPresent();
    }

    @Test
    void keepsANamespaceWithThingsOfAnotherInstallationAlways() throws InterruptedException {
        lab(true).install();
        world.put(Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "metadata",
                        Map.of(
                                "name", "theirs",
                                "namespace", "btp-deps",
                                "labels", Map.of(Installation.LABEL, "other"))));

        lab(true).remove(false);

        assertThat(world.find(ObjectRef.clusterWide("v1", "Namespace", "btp-deps")))
                .isPresent();
    }

    private static Map<String, Object> claim(String namespace) {
        return Map.of(
                "apiVersion", "v1",
                "kind", "PersistentVolumeClaim",
                "metadata", Map.of("name", "data", "namespace", namespace));
    }
}
