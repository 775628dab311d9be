package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.btp.installer.api.Change;
import io.btp.installer.api.Chart;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves releases to other versions of their charts and back, on a real API server. */
class HelmUpgradeTest {
    @TempDir
    static Path cache;

    private static HelmBench bench;

    @TempDir
    private Path folder;

    @BeforeAll
    static void opens() throws InterruptedException {
        bench = HelmBench.open(cache);
    }

    @AfterAll
    static void closes() throws InterruptedException {
        if (bench != null) {
            bench.close();
        }
    }

    /** Copies a chart into this test's folder, where it can be changed. */
    private Path copy(String chart) {
        var from = Path.of(HelmBench.chart(chart).location());
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var to = folder.resolve(chart).resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
            return folder.resolve(chart);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void edit(Path file, String from, String to) {
        try {
            var text = Files.readString(file);
            assertThat(text).contains(from);
            Files.writeString(file, text.replace(from, to));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void move(Path chart, String version) {
        edit(chart.resolve("Chart.yaml"), "version: 1.0.0", "version: " + version);
    }

    private static HelmRelease release(String name, Path chart, Map<String, Object> values) {
        return HelmRelease.of(bench.namespace, name, Chart.file(chart, name)).values(values);
    }

    /** As the engine describes a release that is pinned at a version which its file holds no more. */
    private static HelmRelease pinned(String name, Path chart, String version, Map<String, Object> values) {
        return HelmRelease.of(
                        bench.namespace, name, new Chart(chart.toUri(), name, Optional.of(version), Optional.empty()))
                .values(values);
    }

    private static String image(String name) throws InterruptedException {
        var deployment =
                bench.client.find(bench.ref("apps/v1", "Deployment", name)).orElseThrow();
        return Fields.maps(deployment, "spec", "template", "spec", "containers").stream()
                .flatMap(container -> Fields.text(container, "image").stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void holdsAVersionThatItsSourceHasNoMore() throws InterruptedException {
        var chart = copy("shop");
        bench.converge(release("held", chart, Map.of("colour", "green")));
        move(chart, "2.0.0");
        edit(chart.resolve("values.yaml"), "shop:1", "shop:2");

        try (var elsewhere = HelmBench.host(folder.resolve("empty"))) {
            var helm = bench.helm(elsewhere);
            assertThat(helm.steps(pinned("held", chart, "1.0.0", Map.of("colour", "green"))))
                    .isEmpty();

            var steps = helm.steps(pinned("held", chart, "1.0.0", Map.of("colour", "red")));
            HelmBench.run(steps);

            assertThat(steps.getFirst().changes())
                    .containsExactly(
                            Change.of("values.colour", "green", "red"),
                            Change.of(
                                    "ConfigMap %s/held-settings data.colour".formatted(bench.namespace),
                                    "green",
                                    "red"));
            assertThat(image("held")).isEqualTo("registry.test/shop:1");
        }
    }

    @Test
    void goesBackToTheRevisionThatWasInForce() throws InterruptedException {
        var chart = copy("shop");
        var values = Map.<String, Object>of("password", Secret.of("canary-{{ .Values }}"), "replicas", 2);
        bench.converge(release("back", chart, values));
        var first = bench.history("back").getLast();
        move(chart, "2.0.0");
        edit(chart.resolve("values.yaml"), "shop:1", "shop:2");
        edit(chart.resolve("templates/shop.yaml"), "{{- if .Values.extra }}", "{{- if true }}");
        var newer = Map.<String, Object>of("password", Secret.of("canary-2"), "replicas", 3);
        var there = bench.helm().steps(release("back", chart, newer));
        HelmBench.run(List.of(there.getFirst()));
        assertThat(there.getFirst().reason()).contains("goes back to shop 1.0.0 if it does not get ready");
        assertThat(image("back")).isEqualTo("registry.test/shop:2");
        assertThat(bench.exists("v1", "ConfigMap", "back-extra")).isTrue();

        var steps = bench.back().steps(pinned("back", chart, "1.0.0", newer));
        HelmBench.run(steps);

        assertThat(steps)
                .extracting(Step::toString)
                .containsExactly(
                        "update release %s/back".formatted(bench.namespace),
                        "await release %s/back ready".formatted(bench.namespace));
        assertThat(steps.getFirst().changes()).containsExactly(Change.of("chart", "shop 2.0.0", "shop 1.0.0"));
        assertThat(image("back")).isEqualTo("registry.test/shop:1");
        assertThat(bench.exists("v1", "ConfigMap", "back-extra")).isFalse();
        var now = bench.history("back").getLast();
        assertThat(now.revision()).isEqualTo(3);
        assertThat(now.status()).isEqualTo(StoredRelease.Status.DEPLOYED);
        assertThat(now.values()).isEqualTo(first.values());
        assertThat(now.content().get("chart")).isEqualTo(first.content().get("chart"));
        assertThat(now.labels()).containsAllEntriesOf(HelmBench.LABELS);
        assertThat(Fields.text(
                        bench.client
                                .find(bench.ref("v1", "Secret", "back-login"))
                                .orElseThrow(),
                        "data",
                        "password"))
                .contains(java.util.Base64.getEncoder()
                        .encodeToString("canary-{{ .Values }}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(bench.back().steps(pinned("back", chart, "1.0.0", newer))).isEmpty();

        var earlier = pinned("back", chart, "1.0.0", values);
        var settling = bench.helm().steps(earlier);
        assertThat(settling)
                .extracting(Step::toString)
                .containsExactly("await release %s/back ready".formatted(bench.namespace));
        HelmBench.run(settling);
        assertThat(bench.history("back"))
                .as("revisions with another secret are forgotten")
                .hasSize(2);
        assertThat(bench.helm().steps(earlier)).isEmpty();
    }

    @Test
    void goesBackAfterHelmItselfFailed() throws InterruptedException {
        var chart = copy("shop");
        bench.converge(release("broken", chart, Map.of()));
        move(chart, "2.0.0");
        edit(chart.resolve("values.yaml"), "shop:1", "shop:2");
        edit(chart.resolve("templates/shop.yaml"), "{{- if .Values.extra }}", "{{- if true }}");
        edit(chart.resolve("templates/shop.yaml"), "port: 80", "port: 80000");
        var failed = catchThrowableOfType(
                ProviderException.class, () -> HelmBench.run(bench.helm().steps(release("broken", chart, Map.of()))));
        assertThat(failed.problem().summary()).contains("80000");
        assertThat(bench.history("broken").getLast().status()).isEqualTo(StoredRelease.Status.FAILED);

        var pinned = pinned("broken", chart, "1.0.0", Map.of());
        HelmBench.run(bench.back().steps(pinned));

        assertThat(bench.back().steps(pinned)).isEmpty();
        assertThat(bench.helm().steps(pinned)).isEmpty();
        assertThat(image("broken")).isEqualTo("registry.test/shop:1");
        assertThat(bench.exists("v1", "ConfigMap", "broken-extra")).isFalse();
    }

    @Test
    void hasNothingToDoToGoBackWhereNothingWasChanged() throws InterruptedException {
        var chart = copy("shop");
        bench.converge(release("still", chart, Map.of()));

        assertThat(bench.back().steps(pinned("still", chart, "1.0.0", Map.of())))
                .isEmpty();
    }

    @Test
    void saysThatThereIsNothingToGoBackTo() throws InterruptedException {
        var chart = copy("shop");
        bench.converge(release("only", chart, Map.of()));

        var refused = catchThrowableOfType(
                ProviderException.class, () -> bench.back().steps(pinned("only", chart, "0.9.0", Map.of())));

        assertThat(refused.problem().summary()).contains("has no revision of only 0.9.0 to go back to");
    }

    @Test
    void movesDefinitionsFirstAndSaysThatThereIsNoWayBack() throws InterruptedException {
        var chart = copy("defining");
        bench.converge(release("lamps", chart, Map.of()));
        move(chart, "2.0.0");
        edit(
                chart.resolve("crds/lamps.yaml"),
                "                watts:",
                "                volts: {type: integer}\n                watts:");
        edit(chart.resolve("templates/lamp.yaml"), "  watts:", "  volts: 230\n  watts:");

        var steps = bench.helm().steps(release("lamps", chart, Map.of()));
        HelmBench.run(steps);

        assertThat(steps.getFirst().reason())
                .contains("there is no way back, as it moves CustomResourceDefinition lamps.charts.btp.test");
        assertThat(Fields.number(
                        bench.client
                                .find(bench.ref("charts.btp.test/v1", "Lamp", "lamps"))
                                .orElseThrow(),
                        "spec",
                        "volts"))
                .contains(230L);
        var refused = catchThrowableOfType(
                ProviderException.class, () -> bench.back().steps(pinned("lamps", chart, "1.0.0", Map.of())));
        assertThat(refused.problem().reason()).isEqualTo(Problem.Reason.UNSUPPORTED);
        assertThat(refused.problem().evidence()).containsExactly("CustomResourceDefinition lamps.charts.btp.test");
    }

    @Test
    void refusesAChartThatIsForAnotherKubernetes() throws InterruptedException {
        var chart = copy("shop");
        bench.converge(release("range", chart, Map.of()));
        move(chart, "2.0.0\nkubeVersion: \">=1.99.0-0\"");

        var refused = catchThrowableOfType(
                ProviderException.class, () -> bench.helm().steps(release("range", chart, Map.of())));
        var unknown = catchThrowableOfType(
                ProviderException.class,
                () -> bench.helm().steps(HelmRelease.of(bench.namespace, "range", Chart.file(chart, "shop"))));
        var first = catchThrowableOfType(
                ProviderException.class, () -> bench.helm().steps(release("fresh", chart, Map.of())));

        assertThat(refused.problem().reason()).isEqualTo(Problem.Reason.UNSUPPORTED);
        assertThat(refused.problem().summary()).contains("shop 2.0.0 is for Kubernetes >=1.99.0-0");
        assertThat(unknown.problem()).isEqualTo(refused.problem());
        assertThat(first.problem()).isEqualTo(refused.problem());
    }

    @Test
    void refusesAClaimTemplateThatTheClaimsDoNotFollow() throws InterruptedException {
        var chart = copy("stateful");
        bench.converge(release("grown", chart, Map.of()));
        var before = bench.history("grown");

        var refused = catchThrowableOfType(
                ProviderException.class, () -> bench.helm().steps(release("grown", chart, Map.of("size", "2Gi"))));

        assertThat(refused.problem().summary())
                .isEqualTo(("PersistentVolumeClaim %1$s/data-grown-0 has spec.resources.requests.storage 1Gi, and"
                                + " StatefulSet %1$s/grown wants 2Gi: claims keep what they were made with")
                        .formatted(bench.namespace));
        assertThat(bench.history("grown")).isEqualTo(before);
    }

    @Test
    void showsTheMoveWhereValuesAreKnownOnlyLater() throws InterruptedException {
        var chart = copy("shop");
        bench.converge(release("later", chart, Map.of()));
        move(chart, "2.0.0");

        var steps = bench.helm().steps(HelmRelease.of(bench.namespace, "later", Chart.file(chart, "shop")));

        assertThat(steps.getFirst().changes()).containsExactly(Change.of("chart", "shop 1.0.0", "shop 2.0.0"));
    }
}
