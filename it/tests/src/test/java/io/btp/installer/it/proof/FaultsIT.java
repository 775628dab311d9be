package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.KubernetesBackend;
import io.btp.installer.it.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Causes seeded into an installation: each is named, with evidence and remedy, and once it is mended all goes well. */
final class FaultsIT {
    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    @TempDir
    private static Path folder;

    private static Scenario scenario;
    private static Ground ground;
    private static Set<String> undisturbed;

    @BeforeAll
    static void installUndisturbed() {
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
        assumeTrue(backend.enforcesRights(), "faults need a real API server: set BTP_IT_KUBECONFIG");
        scenario = new Scenario("faults", folder, backend.kubeconfig());
        ground = new Ground(cluster, scenario, folder);
        ground.prepare();
        var before = cluster.objects();
        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();
        undisturbed = ground.objects();
        removed();
        assertThat(cluster.changesSince(before)).isEmpty();
    }

    private static void removed() {
        var removed = scenario.run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
    }

    @AfterAll
    static void close() {
        removed();
        ground.close();
        cluster.close();
        backend.close();
    }

    private final SoftAssertions softly = new SoftAssertions();

    @Test
    void namesEachCauseAndGoesOnWhenItIsMended() throws Exception {
        var waves = new ArrayList<>(List.of(List.of(Faults.FIRST)));
        waves.addAll(Faults.WAVES);
        Proof.sample(Faults.SINGLE, 4).forEach(fault -> waves.add(List.of(fault)));
        var seeded = waves.stream().flatMap(List::stream).toList();
        var named = new ArrayList<Fault>();
        ground.prepare();
        for (var wave : waves) {
            named.addAll(through(wave));
        }
        succeed("in the end");
        softly.assertThat(ground.objects()).isEqualTo(undisturbed);
        Proof.figure(
                "faults named by their true cause / seeded",
                "%d / %d, of %d that can be",
                named.size(),
                seeded.size(),
                Faults.count());
        softly.assertThat(named).containsExactlyInAnyOrderElementsOf(seeded);
        softly.assertAll();
    }

    /** Seeds faults, sees one run fail of all of them, mends them, and sees the next run succeed. Gives those named. */
    private List<Fault> through(List<Fault> wave) throws Exception {
        var before = ground.objects();
        var mends = new ArrayList<Fault.Mend>();
        var arguments = new ArrayList<>(List.of("install", "--yes", "--output", "json"));
        for (var fault : wave) {
            mends.add(fault.seed().in(ground));
            fault.patience()
                    .ifPresent(patience -> arguments.addAll(
                            List.of("--deadline", fault.component() + "=" + patience.toSeconds() + "s")));
        }
        var run = scenario.run(arguments.toArray(String[]::new));
        for (var mend : mends) {
            mend.run();
        }
        var words = new Diagnosis(run);
        var named = new ArrayList<Fault>();
        for (var fault : wave) {
            var isNamed = fault.code() == 0 ? ground.spoilt() > 0 : words.names(fault);
            if (run.code() == fault.code() && isNamed) {
                named.add(fault);
            } else {
                System.out.println("not as expected: %s, %s".formatted(fault, run.words()));
            }
        }
        if (run.code() == 5) {
            softly.assertThat(words.blamed())
                    .as("what fails by " + wave)
                    .isSubsetOf(wave.stream().map(Fault::component).toList());
            succeed("after " + wave);
        }
        softly.assertThat(ground.objects())
                .as("what is there after " + wave)
                .isEqualTo(run.code() == 4 ? before : undisturbed);
        return named;
    }

    /** Runs once more, after which all is as it would be undisturbed. */
    private void succeed(String when) {
        var mended = scenario.run("install", "--yes", "--output", "json");
        softly.assertThat(mended.code()).as(() -> when + ": " + mended.words()).isZero();
    }
}
