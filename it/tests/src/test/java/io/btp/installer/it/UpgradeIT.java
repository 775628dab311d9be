package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.proof.Proof;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Moves an installation to another version of Valkey's chart and of PostgreSQL, and back where that fails. */
final class UpgradeIT {
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

    private ValkeyChart chart() {
        return new ValkeyChart(folder.resolve("charts/valkey"));
    }

    /** Gives an installation whose Redis is made of a copy of the chart that this test can change. */
    private Scenario installed(String name, ValkeyChart chart) {
        var scenario = new Scenario(name, folder, backend.kubeconfig())
                .answer("dataPlane.redis.chart.file", chart.folder().toString());
        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();
        return scenario;
    }

    private static String image(Scenario scenario) {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(scenario.name() + "-deps")
                .withName(scenario.name() + "-redis")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private static void remove(Scenario scenario) {
        var removed = scenario.run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
    }

    @Test
    void movesNothingByItselfAndThenWhatIsNamedWhereverItIsKilled() {
        var chart = chart();
        var scenario = installed("moved", chart);

        chart.ship("0.12.0", "");
        var again = scenario.run("install", "--yes");
        assertThat(again.code()).as(again::words).isZero();
        assertThat(again.output()).contains("Nothing to do");
        assertThat(again.messages())
                .contains("dataPlane.redis stays at chart 0.11.0; the answers name chart 0.12.0:"
                        + " btp upgrade dataPlane.redis");
        scenario.answer("dataPlane.postgres.version", "18");
        var plan = scenario.run("plan", "--detailed-exitcode");
        assertThat(plan.code()).as(plan::words).isZero();
        assertThat(plan.messages())
                .contains("dataPlane.postgres stays at version 17; the answers name version 18:"
                        + " btp upgrade dataPlane.postgres");
        assertThat(image(scenario)).endsWith("v0.11.0");

        Predicate<String> moving = edge -> Proof.isLong() || edge.contains("dataPlane.redis: UPDATE release");
        var edges = new KillChain(scenario::watch, moving, "upgrade", "dataPlane.redis", "--yes", "--output", "json")
                .toEnd();
        assertThat(edges).anyMatch(edge -> edge.startsWith("after dataPlane.redis: UPDATE release"));
        assertThat(image(scenario)).endsWith("v0.12.0");
        var status = scenario.run("status");
        assertThat(status.code()).as(status::words).isZero();
        assertThat(status.messages()).contains("dataPlane.postgres stays at version 17");

        chart.ship(ValkeyChart.VERSION, "");
        var back = scenario.run("upgrade", "--yes");
        assertThat(back.code()).as(back::words).isEqualTo(4);
        assertThat(back.messages()).contains("Redis by Valkey does not go back: chart 0.12.0 -> 0.11.0");
        assertThat(image(scenario)).endsWith("v0.12.0");
        remove(scenario);
    }

    @Test
    void goesBackWhenTheNewVersionDoesNotGetReady() {
        var chart = chart();
        var scenario = installed("spoilt", chart);
        chart.ship("0.12.0", "");
        chart.spoil();

        var failed = scenario.run("upgrade", "--yes", "--deadline", "dataPlane.redis=10s");
        assertThat(failed.code()).as(failed::words).isEqualTo(5);
        assertThat(failed.messages())
                .contains("dataPlane.redis did not get to chart 0.12.0; it runs chart 0.11.0 again")
                .contains("valkey:v0.12.0 of Container valkey cannot be pulled");
        assertThat(image(scenario)).endsWith("v0.11.0");
        var status = scenario.run("status");
        assertThat(status.code()).as(status::words).isZero();

        chart.ship("0.13.0", "kubeVersion: \">=1.99.0-0\"\n");
        var refused = scenario.run("upgrade", "--yes");
        assertThat(refused.code()).as(refused::words).isEqualTo(4);
        assertThat(refused.messages()).contains("valkey 0.13.0 is for Kubernetes >=1.99.0-0");

        chart.ship("0.14.0", "");
        var moved = scenario.run("upgrade", "--yes");
        assertThat(moved.code()).as(moved::words).isZero();
        assertThat(image(scenario)).endsWith("v0.14.0");
        remove(scenario);
    }

    @Test
    void refusesARecordThatANewerProgramWrote() {
        var scenario = installed("newer", chart());
        var record = cluster.client().configMaps().inNamespace("newer-platform").withName("btp-newer");
        var ours = record.get().getData().get("form");
        record.edit(found -> found.edit()
                .addToData("form", "99")
                .addToData("program", "9.9.0")
                .build());

        for (var command :
                new String[][] {{"status"}, {"plan"}, {"install", "--yes"}, {"upgrade", "--yes"}, {"uninstall", "--yes"}
                }) {
            var refused = scenario.run(command);
            assertThat(refused.code()).as(refused::words).isEqualTo(4);
            assertThat(refused.messages())
                    .contains("was written by btp 9.9.0 in form 99", "Use btp 9.9.0 or newer on this installation");
        }

        record.edit(found -> found.edit().addToData("form", ours).build());
        remove(scenario);
    }
}
