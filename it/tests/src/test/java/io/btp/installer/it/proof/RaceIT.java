package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.KubernetesBackend;
import io.btp.installer.it.Program;
import io.btp.installer.it.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Several runs for one installation at the same time: one wins, the others say who it is. */
final class RaceIT {
    private static final String NAME = "race";
    private static final int LOCKED = 7;
    /** Each winner makes a little; where nothing is left to make, nobody has to win. */
    private static final int UNTIL_ALL_IS_MADE = 6;

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
        for (int index = 0; index < races().size(); index++) {
            if (index % UNTIL_ALL_IS_MADE == 0) {
                var removed = installation("anew").run("uninstall", "--yes", "--delete-data", "all");
                assertThat(removed.code()).as(removed::words).isZero();
            }
            racers += races().get(index).racers();
            run(races().get(index));
        }
        var end = installation("end").run("install", "--yes");
        assertThat(end.code()).as(end::words).isZero();
        Proof.figure(
                "races for one installation, one winner each",
                "%d with %d runs on %s",
                races().size(),
                racers,
                backend.name());
    }

    private static Scenario installation(String prefix) throws IOException {
        return Installations.small(NAME, Files.createTempDirectory(folder, prefix), backend.kubeconfig());
    }

    private static void run(Race race) throws IOException {
        var runs = new ArrayList<LiveRun>();
        for (var scenario : scenarios(race)) {
            runs.add(LiveRun.start(
                    RaceIT::isStep, watcher -> scenario.watch(watcher, "install", "--yes", "--output", "json")));
        }
        var winners = runs.stream().filter(LiveRun::standsStill).toList();
        try {
            assertThat(winners)
                    .as(() -> race + " has one winner; the others: " + ended(runs, winners))
                    .hasSize(1);
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

    private static String ended(List<LiveRun> runs, List<LiveRun> winners) {
        return runs.stream()
                .filter(run -> !winners.contains(run))
                .map(run -> run.end().words())
                .collect(Collectors.joining("\n"));
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

    /** Whoever comes first serves the sandbox to the others: it may be one of those that wins, and whoever comes last finds nothing to do. */
    @Test
    void oneRunWinsOnASandboxThatTheOthersJoin() throws IOException {
        int races = Proof.isLong() ? 20 : 2;
        int racers = 0;
        for (int race = 0; race < races; race++) {
            int many = race % 2 == 0 ? 5 : 2;
            racers += many;
            runOnASandbox(many);
        }
        Proof.figure("races on one sandbox, one winner each", "%d with %d runs", races, racers);
    }

    private static void runOnASandbox(int racers) throws IOException {
        var place = Files.createTempDirectory(folder, "sandbox");
        var program = new Program(place);
        var runs = new ArrayList<LiveRun>();
        for (int racer = 0; racer < racers; racer++) {
            runs.add(LiveRun.start(
                    event -> false,
                    watcher -> program.watch(watcher, "install", "--sandbox", "--yes", "--output", "json")));
        }
        var winners = runs.stream()
                .filter(run -> run.end().events().stream().anyMatch(RaceIT::isStep))
                .toList();
        assertThat(winners).as("runs that changed something").hasSize(1);
        for (var run : runs) {
            var result = run.end();
            if (result.code() == LOCKED) {
                assertThat(result.output())
                        .contains("by process " + winners.getFirst().pid() + " on ");
            } else {
                assertThat(result.code()).as(result::words).isZero();
            }
        }
        assertThat(winners.getFirst().end().code()).isZero();
        var removed = program.run("uninstall", "--sandbox", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(place.resolve(".btp/sandbox")).doesNotExist();
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
