package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two installations in one cluster that share its operator and its ingress, and leave in every order. */
final class SharedComponentsIT {
    private static final String RELEASE = "Deployment traefik/btp-traefik";
    private static final String OPERATOR = "Deployment cnpg-system/btp-cloudnative-pg";

    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
    }

    @AfterAll
    static void close() {
        cluster.close();
        backend.close();
    }

    private Scenario scenario(String name) throws IOException {
        return new Scenario(name, Files.createDirectory(folder.resolve(name)), backend.kubeconfig())
                .answer("identity", "{mode: disabled}")
                .answer("observability", "{metrics: {mode: disabled}, logs: {mode: disabled}}")
                .answer(
                        "edge.ingress",
                        "{mode: kubernetes, provider: traefik, chart: {file: %s}}"
                                .formatted(Path.of("src/test/charts/traefik").toAbsolutePath()));
    }

    private static void succeeds(Scenario scenario, String... arguments) {
        var result = scenario.run(arguments);
        assertThat(result.code()).as(result::words).isZero();
    }

    private static void leaves(Scenario scenario) {
        succeeds(scenario, "uninstall", "--yes", "--delete-data", "all");
    }

    private static void areShared(Set<String> objects) {
        assertThat(objects).contains(RELEASE, OPERATOR, "IngressClass /traefik");
    }

    /** Which of them makes what both use is left to chance; whoever meets it half made goes on once the other is done. */
    @Test
    void installAndLeaveAtTheSameMoment() throws Exception {
        var before = cluster.objects();
        var both = List.of(scenario("left"), scenario("right"));
        together(both, "install", "--yes");

        areShared(cluster.objects());
        for (var scenario : both) {
            var again = scenario.run("install", "--yes");
            assertThat(again.output()).as(again::words).contains("Nothing to do");
        }

        together(both, "uninstall", "--yes", "--delete-data", "all");
        assertThat(cluster.changesSince(before)).isEmpty();
    }

    private static void together(List<Scenario> scenarios, String... arguments) throws Exception {
        var runs = new ArrayList<FutureTask<Program.Result>>();
        for (var scenario : scenarios) {
            var run = new FutureTask<>(() -> scenario.run(arguments));
            Thread.ofVirtual().start(run);
            runs.add(run);
        }
        for (var run : runs) {
            var result = run.get();
            assertThat(result.code()).as(result::words).isZero();
        }
    }

    @Test
    void makerLeavesFirstAndTheOtherWithoutARunInBetween() throws Exception {
        var before = cluster.objects();
        var first = scenario("first");
        var second = scenario("second");
        succeeds(first, "install", "--yes");
        succeeds(second, "install", "--yes");

        leaves(first);
        areShared(cluster.objects());
        leaves(second);

        assertThat(cluster.changesSince(before)).isEmpty();
    }

    @Test
    void makerLeavesLast() throws Exception {
        var before = cluster.objects();
        var first = scenario("first");
        var second = scenario("second");
        succeeds(first, "install", "--yes");
        succeeds(second, "install", "--yes");

        leaves(second);
        areShared(cluster.objects());
        leaves(first);

        assertThat(cluster.changesSince(before)).isEmpty();
    }

    @Test
    void makerLeavesWhileTheOtherIsHalfInstalledWhichThenTakesOver() throws Exception {
        var before = cluster.objects();
        var first = scenario("first");
        var second = scenario("second");
        succeeds(first, "install", "--yes");
        var killed = second.killed(
                event -> event.path("type").asString().equals("step-finished")
                        && event.path("target").asString().equals("ConfigMap traefik/second-uses-traefik"),
                "install",
                "--yes",
                "--output",
                "json");
        assertThat(killed.code()).as(killed::words).isEqualTo(137);

        leaves(first);
        assertThat(cluster.objects()).contains(RELEASE);
        succeeds(second, "install", "--yes");
        areShared(cluster.objects());
        assertThat(second.run("status").code()).isZero();
        leaves(second);

        assertThat(cluster.changesSince(before)).isEmpty();
    }

    @Test
    void neverTouchesWhatWasThereBefore() throws Exception {
        var client = cluster.client();
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("theirs")
                .endMetadata()
                .build();
        client.namespaces().resource(namespace).create();
        var service = new ServiceBuilder()
                .withNewMetadata()
                .withName("edge")
                .withNamespace("theirs")
                .addToLabels("app.kubernetes.io/name", "traefik")
                .endMetadata()
                .withNewSpec()
                .withType("LoadBalancer")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        client.services().resource(service).create();
        client.network()
                .v1()
                .ingressClasses()
                .resource(new IngressClassBuilder()
                        .withNewMetadata()
                        .withName("traefik")
                        .endMetadata()
                        .withNewSpec()
                        .withController("traefik.io/ingress-controller")
                        .endSpec()
                        .build())
                .create();
        client.services()
                .inNamespace("theirs")
                .withName("edge")
                .waitUntilCondition(
                        found -> found != null
                                && !found.getStatus()
                                        .getLoadBalancer()
                                        .getIngress()
                                        .isEmpty(),
                        60,
                        TimeUnit.SECONDS);
        var theirs = List.of("/services theirs/edge", "/ingressclasses /traefik", "/namespaces /theirs");
        var before = versions(theirs);
        assertThat(before).hasSize(3);

        var scenario = scenario("adopting");
        succeeds(scenario, "install", "--yes");
        assertThat(cluster.objects()).doesNotContain(RELEASE);
        leaves(scenario);

        assertThat(versions(theirs)).isEqualTo(before);
        client.network().v1().ingressClasses().withName("traefik").delete();
        client.namespaces().resource(namespace).delete();
        client.namespaces().withName("theirs").waitUntilCondition(Objects::isNull, 60, TimeUnit.SECONDS);
    }

    private static TreeMap<String, String> versions(List<String> ends) {
        var kept = new TreeMap<>(cluster.versions());
        kept.keySet().removeIf(path -> ends.stream().noneMatch(path::endsWith));
        return kept;
    }
}
