package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.KillChain;
import io.btp.installer.it.KubernetesBackend;
import io.btp.installer.it.Program;
import io.btp.installer.it.Scenario;
import io.btp.installer.it.ValkeyChart;
import io.btp.installer.simulator.api.EmbeddedApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL before and after every step and within every wait; the next run goes on to the same objects. */
final class KillIT {
    private static final int ON_A_CLUSTER = 16;
    private static final int ON_THE_SANDBOX = 4;

    private static final String[] INSTALL = {"install", "--yes", "--output", "json"};
    private static final String[] CHANGE = {"upgrade", "dataPlane.redis", "--yes", "--output", "json"};
    private static final String[] UNINSTALL = {"uninstall", "--yes", "--delete-data", "all", "--output", "json"};

    @TempDir
    Path folder;

    /** Collects the edges of runs that nobody disturbs, chooses some, and has chains killed at them. */
    private static final class Kills {
        private final KillChain.Runs runs;
        private final List<String> all = new ArrayList<>();
        private final Set<String> chosen = new HashSet<>();
        private final Map<String, Integer> killed = new LinkedHashMap<>();

        Kills(KillChain.Runs runs) {
            this.runs = runs;
        }

        void undisturbed(String... arguments) {
            var result = runs.watch(process -> event -> {}, arguments);
            assertThat(result.code()).as(result::words).isZero();
            KillChain.edges(result).forEach(edge -> all.add(arguments[0] + " " + edge));
        }

        void choose(int size) {
            chosen.addAll(Proof.sample(all, size));
        }

        Set<String> disturbed(String... arguments) {
            var chain = new KillChain(
                    runs, edge -> Proof.isLong() || chosen.contains(arguments[0] + " " + edge), arguments);
            var edges = chain.toEnd();
            killed.put(arguments[0], edges.size());
            return edges;
        }

        void noted(String where) {
            Proof.figure(
                    "kill points, all converged",
                    "%d %s on %s",
                    killed.values().stream().mapToInt(Integer::intValue).sum(),
                    killed,
                    where);
        }
    }

    /** Another answer, another version of a chart, another provider. */
    private static void change(Scenario scenario, ValkeyChart chart) {
        chart.ship("0.12.0", "");
        scenario.answer("dataPlane.postgres.storage", "2Gi")
                .answer("identity", "{mode: disabled}")
                .answer(
                        "edge.ingress",
                        "{mode: kubernetes, provider: traefik, chart: {file: %s}}"
                                .formatted(Path.of("src/test/charts/traefik").toAbsolutePath()));
    }

    private static void unchange(Scenario scenario, ValkeyChart chart) {
        chart.ship(ValkeyChart.VERSION, "");
        scenario.answer("dataPlane.postgres.storage", "1Gi")
                .answer("identity", "{mode: sandbox}")
                .answer("edge.ingress", "{mode: sandbox}");
    }

    private Scenario scenario(KubernetesBackend backend, ValkeyChart chart) {
        return new Scenario("kill", folder, backend.kubeconfig())
                .answer("dataPlane.redis.chart.file", chart.folder().toString());
    }

    @Test
    void convergesToTheSameObjectsWhereverItWasKilled() {
        try (var backend = KubernetesBackend.open();
                var cluster = new ClusterInventory(backend.kubeconfig())) {
            var chart = new ValkeyChart(folder.resolve("charts/valkey"));
            var before = cluster.objects();
            var scenario = scenario(backend, chart);
            var kills = new Kills(scenario::watch);
            kills.undisturbed(INSTALL);
            var installed = cluster.objects();
            var owned = cluster.owned();
            change(scenario, chart);
            kills.undisturbed(CHANGE);
            var changed = cluster.objects();
            var ownedThen = cluster.owned();
            kills.undisturbed(UNINSTALL);
            assertThat(cluster.changesSince(before)).isEmpty();

            kills.choose(ON_A_CLUSTER);
            unchange(scenario, chart);

            var installing = kills.disturbed(INSTALL);
            assertThat(cluster.changesSince(installed))
                    .as("killed at " + installing)
                    .isEmpty();
            assertThat(cluster.owned()).isEqualTo(owned);
            Ended.well(cluster, scenario.name());

            change(scenario, chart);
            var changing = kills.disturbed(CHANGE);
            assertThat(Ended.butRevisions(cluster.changesSince(changed)))
                    .as("killed at " + changing)
                    .isEmpty();
            assertThat(cluster.owned()).isEqualTo(ownedThen);
            Ended.well(cluster, scenario.name());
            var status = scenario.run("status");
            assertThat(status.code()).as(status::words).isZero();

            var uninstalling = kills.disturbed(UNINSTALL);
            assertThat(cluster.changesSince(before))
                    .as("killed at " + uninstalling)
                    .isEmpty();
            kills.noted(backend.name());
        }
    }

    @Test
    void convergesOnTheSandboxWhereverItWasKilled() throws Exception {
        var program = new Program(folder);
        var kills = new Kills((watcher, arguments) -> program.watch(watcher, onTheSandbox(arguments)));
        kills.undisturbed(INSTALL);
        var installed = objectsOfTheSandbox();
        kills.undisturbed(UNINSTALL);
        assertThat(folder.resolve(".btp/sandbox")).doesNotExist();
        kills.choose(ON_THE_SANDBOX);

        var installing = kills.disturbed(INSTALL);
        assertThat(objectsOfTheSandbox()).as("killed at " + installing).isEqualTo(installed);
        var status = program.run("status", "--sandbox");
        assertThat(status.code()).as(status::words).isZero();

        kills.disturbed(UNINSTALL);
        assertThat(folder.resolve(".btp/sandbox")).doesNotExist();
        kills.noted("the sandbox");
    }

    private static String[] onTheSandbox(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add("--sandbox");
        return all.toArray(String[]::new);
    }

    /** Looks into the store of the cluster while no program has it open. */
    private Set<String> objectsOfTheSandbox() throws IOException, InterruptedException {
        try (var api = EmbeddedApi.open(folder.resolve(".btp/sandbox"));
                var inventory = new ClusterInventory(api.kubeconfig())) {
            return inventory.objects();
        }
    }
}
