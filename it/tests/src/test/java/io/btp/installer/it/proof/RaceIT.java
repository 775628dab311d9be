package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.KubernetesBackend;
import io.btp.installer.it.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several runs for one installation at the same time: one wins, the others say who it is. */
final class RaceIT {
    private static final String NAME = "race";
    private static final int LOCKED = 7;
    private static final int INTERRUPTED = 130;

    @TempDir
    static Path folder;

    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    /** Where the racers are. */
    private enum Place {
        /** On one machine, as one user. */
        ONE_STATE_FOLDER,
        /** On one machine, as users of their own. */
        OWN_STATE_FOLDERS,
        /** On machines of their own. */
        OWN_MACHINES
    }

    private record Race(int racers, Place place) {}

    @BeforeAll
    static void opens() {
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
    }

    @AfterAll
    static void removes() {
        Installations.remove(cluster, NAME);
        cluster.close();
        backend.close();
    }

    /** Five of each kind in every two rounds; the last race of a round leaves the lock free for those elsewhere. */
    private static List<Race> races() {
        var all = new ArrayList<Race>();
        for (int race = 0; race < 100; race++) {
            all.add(new Race(race / 3 % 2 == 0 ? 2 : 5, Place.values()[race % 3]));
        }
        return Proof.isLong() ? all : all.subList(0, 6);
    }

    @Test
    void oneRunWinsAndTheOthersNameIt() throws IOException {
        var racers = 0;
        for (var race : races()) {
            racers += race.racers();
            run(race);
        }
        var end = Installations.small(NAME, Files.createDirectory(folder.resolve("end")), backend.kubeconfig())
                .run("install", "--yes");
        assertThat(end.code()).as(end::words).isZero();
        Proof.figure(
                "races for one installation, one winner each",
                "%d with %d runs on %s",
                races().size(),
                racers,
                backend.name());
    }

    private static void run(Race race) throws IOException {
        var runs = new ArrayList<LiveRun>();
        for (var scenario : scenarios(race)) {
            runs.add(LiveRun.start(
                    RaceIT::isStep, watcher -> scenario.watch(watcher, "install", "--yes", "--output", "json")));
        }
        var winners = runs.stream().filter(LiveRun::standsStill).toList();
        try {
            assertThat(winners).as(race + " has one winner").hasSize(1);
            var winner = winners.getFirst();
            for (var loser : runs) {
                if (loser != winner) {
                    var result = loser.end();
                    assertThat(result.code()).as(result::words).isEqualTo(LOCKED);
                    assertThat(result.output()).contains("by process " + winner.pid() + " on ");
                    assertThat(result.events()).noneMatch(RaceIT::isStep);
                }
            }
        } finally {
            winners.forEach(winner -> end(race, winner));
        }
    }

    /** A dead owner is taken over at once where his death is seen, which is on his machine only. */
    private static void end(Race race, LiveRun winner) {
        if (race.place() == Place.ONE_STATE_FOLDER) {
            winner.kill();
            return;
        }
        winner.signal("INT");
        winner.goOn();
        var result = winner.end();
        assertThat(result.code()).as(result::words).isEqualTo(INTERRUPTED);
    }

    private static boolean isStep(JsonNode event) {
        return event.path("type").asString("").equals("step-started");
    }

    private static List<Scenario> scenarios(Race race) throws IOException {
        var scenarios = new ArrayList<Scenario>();
        for (int racer = 0; racer < race.racers(); racer++) {
            var own = Files.createTempDirectory(folder, "racer");
            var scenario = Installations.small(NAME, own, backend.kubeconfig());
            switch (race.place()) {
                case ONE_STATE_FOLDER ->
                    scenario.with("BTP_STATE_DIR", folder.resolve("state").toString());
                case OWN_STATE_FOLDERS ->
                    scenario.with("BTP_STATE_DIR", own.resolve("state").toString());
                case OWN_MACHINES -> scenario.within(Installations.machine("machine-" + racer));
            }
            scenarios.add(scenario);
        }
        return scenarios;
    }
}
