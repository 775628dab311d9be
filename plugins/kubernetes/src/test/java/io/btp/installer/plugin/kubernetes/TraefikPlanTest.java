package io.btp.installer.plugin.kubernetes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Ingress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TraefikPlanTest {
    private static final Traefik.Opening BALANCED = Lab.TRAEFIK.service();

    private final World world = new World();

    private Lab lab(String installation) {
        return lab(installation, Lab.TRAEFIK);
    }

    private Lab lab(String installation, Traefik.Configuration configuration) {
        return Lab.of(world, installation).with(new Traefik(), configuration);
    }

    private static Traefik.Configuration named(String className) {
        return new Traefik.Configuration(2, className, false, true, BALANCED, false);
    }

    private static Traefik.Configuration opened(String type, Optional<String> address) {
        return new Traefik.Configuration(
                1, "traefik", false, false, new Traefik.Opening(type, Map.of(), List.of(), address), false);
    }

    private static Ingress ingress(Lab lab) throws InterruptedException {
        return lab.published().get(Slots.INGRESS);
    }

    private Map<String, Object> values() {
        return World.plain(requireNonNull(world.releases.get("traefik/btp-traefik"))
                .values()
                .orElseThrow());
    }

    @Test
    void installsAndPublishesItsLoadBalancer() throws InterruptedException {
        lab("acme").install();

        assertThat(ingress(lab("acme")))
                .isEqualTo(new Ingress(
                        "traefik", Optional.empty(), Optional.of("203.0.113.7"), Optional.empty(), "traefik"));
        assertThat(lab("acme").planned()).isEmpty();
    }

    @Test
    void setsWhatTheChartUnderstands() throws InterruptedException {
        lab("acme").install();

        assertThat(values())
                .containsEntry("ingressClass", Map.of("enabled", true, "name", "traefik", "isDefaultClass", false))
                .containsEntry("global", Map.of("checkNewVersion", false, "sendAnonymousUsage", false))
                .containsEntry("podDisruptionBudget", Map.of("enabled", true, "maxUnavailable", 1))
                .containsEntry("service", Map.of("annotations", Map.of(), "spec", Map.of("type", "LoadBalancer")))
                .doesNotContainKeys("image", "metrics");
        assertThat(Tree.text(values(), "ports", "web", "http", "redirections", "entryPoint", "to"))
                .contains("websecure");
    }

    @Test
    void waitsForALoadBalancerThatIsPending() throws InterruptedException {
        world.balancersArePending = true;
        var acme = lab("acme");
        assertThatExceptionOfType(ProviderException.class).isThrownBy(acme::install);

        assertThat(acme.planned()).containsExactly("await Service traefik/btp-traefik ready");
        assertThat(acme.published().find(Slots.INGRESS)).isEmpty();
    }

    @Test
    void publishesTheAnsweredAddressWhereNoLoadBalancerTellsOne() throws InterruptedException {
        var acme = lab("acme", opened("NodePort", Optional.of("edge.acme.example")));
        acme.install();

        assertThat(ingress(acme).hostname()).contains("edge.acme.example");
        assertThat(ingress(acme).address()).isEmpty();
    }

    @Test
    void leavesOnlyAMarkOnAnothersTraefik() throws InterruptedException {
        lab("acme").install();

        assertThat(lab("beta").planned()).containsExactly("create ConfigMap traefik/beta-uses-traefik");
        lab("beta").install();
        assertThat(ingress(lab("beta"))).isEqualTo(ingress(lab("acme")));
    }

    @Test
    void refusesAnotherClassThanTheSharedOne() throws InterruptedException {
        lab("acme").install();

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> lab("beta", named("public")).planned())
                .withMessageContaining("serves the ingress class traefik, expected public");
    }

    @Test
    void waitsForAnotherInstallationThatIsNotDone() throws InterruptedException {
        var acme = lab("acme");
        assertThatExceptionOfType(Lab.Stopped.class).isThrownBy(() -> acme.install(2));

        assertThat(lab("beta").planned())
                .containsExactly(
                        "create ConfigMap traefik/beta-uses-traefik",
                        "await IngressClass traefik of the installation acme");
        acme.remove(false);
        lab("beta").install();
        assertThat(world.releases).containsOnlyKeys("traefik/btp-traefik");
    }

    @Test
    void goesWithTheLastOneInWhateverOrderTheyLeave() throws InterruptedException {
        for (var order : List.of(List.of("acme", "beta"), List.of("beta", "acme"))) {
            lab("acme").install();
            lab("beta").install();

            for (var leaving : order) {
                lab(leaving).remove(false);
            }

            assertThat(world.names()).as("left in the order %s", order).isEmpty();
            assertThat(world.releases).isEmpty();
        }
    }

    @Test
    void staysWhileSomebodyElsesIngressNeedsIt() throws InterruptedException {
        lab("acme").install();
        putIngress("theirs", Map.of());

        assertThat(lab("acme").remove(false)).isEmpty();
    }

    @Test
    void goesThoughTheInstallationsOwnIngressesAreStillThere() throws InterruptedException {
        lab("acme").install();
        putIngress("acme-apps", Map.of("installer.btp/installation", "acme"));
        putIngress("elsewhere", Map.of("app.kubernetes.io/instance", "acme-platform"));

        lab("acme").remove(false);
        assertThat(world.releases).isEmpty();
    }

    @Test
    void staysWhileSomebodyElsesMiddlewareIsThere() throws InterruptedException {
        lab("acme").install();
        world.put(namespace("theirs"));
        world.put(Map.of(
                "apiVersion",
                "traefik.io/v1alpha1",
                "kind",
                "Middleware",
                "metadata",
                Map.of("name", "auth", "namespace", "theirs")));

        assertThat(lab("acme").remove(false)).isEmpty();
    }

    private static Map<String, Object> namespace(String name) {
        return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name));
    }

    private void putIngress(String namespace, Map<String, String> labels) {
        world.put(namespace(namespace));
        world.put(Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "Ingress",
                "metadata",
                Map.of("name", "web", "namespace", namespace, "labels", labels),
                "spec",
                Map.of("ingressClassName", "traefik")));
    }

    @Test
    void usesATraefikThatWasThereBeforeAndNeverTouchesIt() throws InterruptedException {
        putForeign("traefik.io/ingress-controller");
        var before = Map.copyOf(world.objects);

        lab("acme").install();

        assertThat(ingress(lab("acme")))
                .isEqualTo(new Ingress(
                        "traefik", Optional.of("lb.theirs.example"), Optional.empty(), Optional.empty(), "theirs"));
        assertThat(lab("acme").remove(false)).isEmpty();
        assertThat(world.objects).isEqualTo(before);
    }

    @Test
    void refusesAClassThatAnotherControllerServes() {
        putForeign("k8s.io/ingress-nginx");

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> lab("acme").planned())
                .withMessageContaining("The ingress class traefik is there already, served by k8s.io/ingress-nginx");
    }

    private void putForeign(String controller) {
        world.put(namespace("theirs"));
        world.put(Map.of(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "IngressClass",
                "metadata",
                Map.of("name", "traefik"),
                "spec",
                Map.of("controller", controller)));
        world.put(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("name", "edge", "namespace", "theirs", "labels", Map.of("app.kubernetes.io/name", "traefik")),
                "spec",
                Map.of("type", "LoadBalancer"),
                "status",
                Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("hostname", "lb.theirs.example"))))));
    }
}
