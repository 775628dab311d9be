package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Change;
import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Need;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Slots;
import io.btp.installer.api.Step;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.Fields;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a real API server. */
class HelmReleaseTest {
    @TempDir
    static Path cache;

    private static HelmBench bench;

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

    private static List<String> words(List<Step> steps) {
        return steps.stream().map(Step::toString).toList();
    }

    @Test
    void installsAndThenHasNothingToDo() throws InterruptedException {
        var release =
                bench.release("first", "shop", Map.of("replicas", 2, "ratio", 1.5, "password", Secret.of("canary-1")));

        var steps = bench.helm().steps(release);
        HelmBench.run(steps);

        assertThat(words(steps))
                .containsExactly(
                        "create release " + bench.namespace + "/first",
                        "await release " + bench.namespace + "/first ready");
        assertThat(bench.helm().steps(release)).isEmpty();
    }

    @Test
    void labelsTheReleaseSecretSoThatTheInstallationOwnsIt() throws InterruptedException {
        bench.converge(bench.release("labelled", "shop", Map.of()));

        var owned = bench.client.inventory(Map.of(Installation.LABEL, "bench")).objects();

        assertThat(owned).anySatisfy(entry -> {
            assertThat(entry.ref()).isEqualTo(bench.ref("v1", "Secret", "sh.helm.release.v1.labelled.v1"));
            assertThat(entry.owned()).isFalse();
            assertThat(entry.labels()).containsAllEntriesOf(HelmBench.LABELS);
        });
    }

    @Test
    void putsMissingLabelsBack() throws InterruptedException {
        var release = bench.release("unlabelled", "shop", Map.of());
        bench.converge(release);
        var secret = bench.ref("v1", "Secret", "sh.helm.release.v1.unlabelled.v1");
        var stored = bench.client.find(secret).orElseThrow();
        var labels =
                Map.<String, Object>of("owner", "helm", "name", "unlabelled", "status", "deployed", "version", "1");
        bench.client.replaceUnlessChanged(
                Fields.with(stored, "metadata", Fields.with(Fields.map(stored, "metadata"), "labels", labels)));

        var steps = bench.helm().steps(release);
        HelmBench.run(steps);

        assertThat(words(steps)).contains("update release " + bench.namespace + "/unlabelled");
        assertThat(steps.getFirst().reason()).contains("its history does not carry the owner labels");
        assertThat(bench.helm().steps(release)).isEmpty();
    }

    @Test
    void showsWhatNewValuesChangeAndWhatThatCosts() throws InterruptedException {
        bench.converge(bench.release("changing", "shop", Map.of("colour", "green", "password", Secret.of("canary-1"))));
        var next = bench.release(
                "changing",
                "shop",
                Map.of("colour", "red", "image", "registry.test/shop:2", "password", Secret.of("canary-2")));

        var steps = bench.helm().steps(next);

        assertThat(words(steps))
                .containsExactly(
                        "update release " + bench.namespace + "/changing",
                        "await release " + bench.namespace + "/changing ready");
        assertThat(steps.getFirst().impact()).isEqualTo(Step.Impact.RESTART);
        assertThat(steps.getFirst().changes())
                .contains(
                        Change.of("values.colour", "green", "red"),
                        Change.of("values.password", "(hidden)", "(hidden)"),
                        Change.of(
                                "ConfigMap %s/changing-settings data.colour".formatted(bench.namespace),
                                "green",
                                "red"))
                .noneMatch(change -> change.toString().contains("canary"));
        HelmBench.run(List.of(steps.getFirst()));
        assertThat(bench.history("changing"))
                .hasSize(2)
                .allSatisfy(revision -> assertThat(revision.labels()).containsAllEntriesOf(HelmBench.LABELS));
    }

    @Test
    void healsChangedAndRemovedObjects() throws InterruptedException {
        var release = bench.release("drifting", "shop", Map.of("colour", "green"));
        bench.converge(release);
        var settings = bench.ref("v1", "ConfigMap", "drifting-settings");
        bench.client.replaceUnlessChanged(
                Fields.with(bench.client.find(settings).orElseThrow(), "data", Map.of("colour", "blue")));
        bench.client.delete(bench.ref("v1", "Service", "drifting"));
        HelmBench.eventually(() -> !bench.exists("v1", "Service", "drifting"));

        var steps = bench.helm().steps(release);
        HelmBench.run(steps);

        assertThat(steps.getFirst().toString()).isEqualTo("update release " + bench.namespace + "/drifting");
        assertThat(steps.getFirst().reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains(settings + " was changed")
                        .contains("Service %s/drifting is gone".formatted(bench.namespace)));
        assertThat(steps.getFirst().changes()).contains(Change.of(settings + " data.colour", "blue", "green"));
        assertThat(bench.helm().steps(release)).isEmpty();
        assertThat(Fields.text(bench.client.find(settings).orElseThrow(), "data", "colour"))
                .contains("green");
    }

    @Test
    void rendersWithTheClusterWhatAsksIt() throws InterruptedException {
        bench.converge(bench.release("asking", "asking", Map.of("word", "one")));
        var before = bench.history("asking");

        var steps = bench.helm().steps(bench.release("asking", "asking", Map.of("word", "two")));

        assertThat(steps.getFirst().changes())
                .containsExactly(
                        Change.of("values.word", "one", "two"),
                        Change.of("ConfigMap %s/asking-answer data.word".formatted(bench.namespace), "one", "two"));
        assertThat(bench.history("asking")).hasSameSizeAs(before);
    }

    @Test
    void makesDefinitionsFirstAndHealsCustomResources() throws InterruptedException {
        var release = bench.release("defining", "defining", Map.of("colour", "green"));
        bench.converge(release);
        var lamp = bench.ref("charts.btp.test/v1", "Lamp", "defining");
        bench.client.replaceUnlessChanged(
                Fields.with(bench.client.find(lamp).orElseThrow(), "spec", Map.of("colour", "blue", "watts", 7)));

        bench.converge(release);

        assertThat(Fields.text(bench.client.find(lamp).orElseThrow(), "spec", "colour"))
                .contains("green");
        bench.remove("defining");
        assertThat(bench.client.find(lamp)).isEmpty();
        assertThat(bench.client.find(ObjectRef.clusterWide(
                        "apiextensions.k8s.io/v1", "CustomResourceDefinition", "lamps.charts.btp.test")))
                .isPresent();
    }

    @Test
    void makesAnewWhatTheClusterDoesNotChangeInPlace() throws InterruptedException {
        bench.converge(bench.release("fixed", "stateful", Map.of()));
        var next = bench.release("fixed", "stateful", Map.of("policy", "Parallel"));

        var steps = bench.helm().steps(next);
        HelmBench.run(steps);

        assertThat(words(steps))
                .startsWith(
                        "delete StatefulSet %s/fixed".formatted(bench.namespace),
                        "update release %s/fixed".formatted(bench.namespace));
        assertThat(steps.getFirst().impact()).isEqualTo(Step.Impact.DOWNTIME);
        assertThat(bench.helm().steps(next)).isEmpty();
    }

    @Test
    void removesAllButClaims() throws InterruptedException {
        bench.converge(bench.release("leaving", "stateful", Map.of()));

        var steps = bench.helm().removal(bench.namespace, "leaving");
        HelmBench.run(steps);

        assertThat(words(steps)).containsExactly("delete release " + bench.namespace + "/leaving");
        assertThat(bench.exists("apps/v1", "StatefulSet", "leaving")).isFalse();
        assertThat(bench.exists("v1", "Service", "leaving")).isFalse();
        assertThat(bench.exists("v1", "PersistentVolumeClaim", "leaving-archive"))
                .isTrue();
        assertThat(bench.exists("v1", "PersistentVolumeClaim", "data-leaving-0"))
                .isTrue();
        assertThat(bench.helm().removal(bench.namespace, "leaving")).isEmpty();
    }

    @Test
    void runsWhatTheChartWantsRunWhenItGoes() throws InterruptedException {
        bench.converge(bench.release("polite", "hooked", Map.of("farewell", "bye")));

        bench.remove("polite");

        assertThat(bench.exists("v1", "ConfigMap", "polite-farewell")).isTrue();
        assertThat(bench.exists("v1", "ConfigMap", "polite-settings")).isFalse();
        assertThat(bench.history("polite")).isEmpty();
    }

    @Test
    void goesWithoutHelmWhereNothingRunsThen() throws InterruptedException {
        bench.converge(bench.release("quiet", "shop", Map.of()));
        var service = bench.client.find(bench.ref("v1", "Service", "quiet")).orElseThrow();
        var metadata = new LinkedHashMap<String, Object>(Fields.map(service, "metadata"));
        metadata.remove("annotations");
        assertThat(bench.client.replaceUnlessChanged(Fields.with(service, "metadata", metadata)))
                .isPresent();
        var noHelm = new HelmRuntime(cache.resolve("no-java"), List.of(), cache);

        try (var host = HelmBench.host(cache, noHelm)) {
            HelmBench.run(bench.helm(host).removal(bench.namespace, "quiet"));
        }

        assertThat(bench.exists("apps/v1", "Deployment", "quiet")).isFalse();
        assertThat(bench.exists("v1", "Service", "quiet"))
                .as("a Service that does not say any more whose it is")
                .isFalse();
        assertThat(bench.history("quiet")).isEmpty();
    }

    @Test
    void keepsFewRevisions() throws InterruptedException {
        for (int number = 1; number <= 7; number++) {
            bench.converge(bench.release("often", "asking", Map.of("word", "w" + number)));
        }

        assertThat(bench.history("often").stream().map(StoredRelease::revision)).containsExactly(3, 4, 5, 6, 7);
    }

    @Test
    void forgetsRevisionsWithSecretsThatWereReplacedOnceTheNextIsReady() throws InterruptedException {
        bench.converge(bench.release("replaced", "shop", Map.of("password", Secret.of("canary-1"))));
        var next = bench.release("replaced", "shop", Map.of("password", Secret.of("canary-2")));

        var steps = bench.helm().steps(next);
        HelmBench.run(List.of(steps.getFirst()));
        assertThat(bench.history("replaced")).hasSize(2);

        assertThat(words(bench.helm().steps(next)))
                .as("also where the program ended in between")
                .containsExactly("await release " + bench.namespace + "/replaced ready");
        HelmBench.run(List.of(steps.getLast()));
        assertThat(bench.history("replaced"))
                .singleElement()
                .satisfies(revision -> assertThat(revision.values()).containsEntry("password", "canary-2"));
        assertThat(bench.helm().steps(next)).isEmpty();
    }

    @Test
    void plansAFirstInstallWhileValuesOrClusterAreMissing() throws InterruptedException {
        var release = HelmRelease.of(bench.namespace, "later", HelmBench.chart("shop"))
                .after(Need.input(Slots.CLUSTER));

        var withoutValues = bench.helm().steps(release);
        var withoutCluster = bench.host
                .lend(Optional.empty(), Optional.empty(), HelmBench.LABELS, UnaryOperator.identity())
                .steps(release.values(Map.of()));

        assertThat(words(withoutValues))
                .isEqualTo(words(withoutCluster))
                .containsExactly(
                        "create release " + bench.namespace + "/later",
                        "await release " + bench.namespace + "/later ready");
        assertThat(withoutValues).allSatisfy(step -> assertThat(step.after()).contains(Need.input(Slots.CLUSTER)));
    }

    @Test
    void saysThatAReleaseIsComparedWhenItsValuesAreKnown() throws InterruptedException {
        bench.converge(bench.release("known", "asking", Map.of("word", "here")));

        var steps = bench.helm().steps(HelmRelease.of(bench.namespace, "known", HelmBench.chart("asking")));

        assertThat(words(steps))
                .containsExactly(
                        "update release " + bench.namespace + "/known",
                        "await release " + bench.namespace + "/known ready");
        assertThat(steps.getFirst().reason()).contains("compared when the components that it uses are as configured");
        assertThat(steps.getFirst().changes()).isEmpty();
    }

    @Test
    void livesWithManifestsThatServerSideApplyRefuses() throws InterruptedException {
        var release = bench.release("odd", "shop", Map.of("odd", true));

        bench.converge(release);

        assertThat(bench.helm().steps(release)).isEmpty();
    }

    @Test
    void takesValuesThatUnsetAChartsDefault() throws InterruptedException {
        var values = new java.util.HashMap<String, Object>();
        values.put("colour", null);
        values.put("empty", Map.of());
        var release = bench.release("unset", "shop", values);

        bench.converge(release);

        assertThat(bench.helm().steps(release)).isEmpty();
        assertThat(bench.history("unset").getLast().values()).containsKey("colour");
    }

    @Test
    void seesThatSomebodyElseUsedHelm() throws InterruptedException {
        var release = bench.release("foreign", "shop", Map.of());
        bench.converge(release);
        new Releases(bench.client, bench.namespace, "foreign")
                .rewrite(
                        bench.history("foreign").getLast(),
                        content -> Fields.with(
                                content,
                                "info",
                                Fields.with(Fields.map(content, "info"), "description", "Upgrade complete")));

        var steps = bench.helm().steps(release);

        assertThat(words(steps)).startsWith("update release " + bench.namespace + "/foreign");
        assertThat(steps.getFirst().reason()).contains("its last revision was made by somebody's own Helm");
    }

    @Test
    void refusesToTakeOverWhatSomebodyElseMade() throws InterruptedException {
        bench.client.create(Map.of(
                "apiVersion", "v1",
                "kind", "ConfigMap",
                "metadata", Map.of("name", "taken-settings", "namespace", bench.namespace)));

        var thrown = org.assertj.core.api.Assertions.catchThrowableOfType(
                io.btp.installer.api.ProviderException.class,
                () -> bench.converge(bench.release("taken", "shop", Map.of())));

        assertThat(thrown.problem().reason()).isEqualTo(io.btp.installer.api.Problem.Reason.CONFLICT);
        assertThat(thrown.problem().summary()).contains("taken-settings");
    }
}
