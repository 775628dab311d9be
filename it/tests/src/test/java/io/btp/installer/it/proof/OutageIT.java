package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.Program;
import io.btp.installer.it.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a run needs is taken away in the middle: its Helm worker, the API server, the way there, its time. */
final class OutageIT {
    private static final String[] INSTALL = {"install", "--yes", "--output", "json"};
    private static final String[] UNINSTALL = {"uninstall", "--yes", "--delete-data", "all", "--output", "json"};
    /** A run that loses its API server waits for so long, then ends. */
    private static final List<String> SLOTS =
            List.of("dataPlane", "objectStore", "identity", "edge", "observability", "platform");

    @TempDir
    Path folder;

    private ControlPlane plane;
    private Cable cable;
    private ClusterInventory cluster;

    @BeforeEach
    void start() throws Exception {
        plane = ControlPlane.start(Files.createDirectory(folder.resolve("bed")));
        cable = Cable.to(plane.port());
        cluster = new ClusterInventory(plane.kubeconfig(plane.port()));
    }

    @AfterEach
    void end() throws Exception {
        if (cluster != null) {
            cluster.close();
            cable.close();
            plane.close();
        }
    }

    /** Something that happens to a run. */
    @FunctionalInterface
    private interface Blow {
        void fall(Process program) throws IOException, InterruptedException;
    }

    private Map<String, Blow> blows() {
        var blows = new LinkedHashMap<String, Blow>();
        blows.put("worker killed", OutageIT::killWorkers);
        blows.put("API server killed and back", program -> {
            plane.kill();
            plane.revive();
        });
        blows.put("connection cut for a moment", program -> {
            cable.cut();
            program.waitFor(3, TimeUnit.SECONDS);
            cable.mend();
        });
        blows.put("API server killed, back after the run", program -> plane.kill());
        blows.put("connection cut, back after the run", program -> cable.cut());
        return blows;
    }

    private static void killWorkers(Process program) {
        program.children().forEach(ProcessHandle::destroyForcibly);
    }

    /** Repairs whatever a blow broke, so that the next run finds the world as it was. */
    private void repair(String blow) throws IOException, InterruptedException {
        if (blow.equals("API server killed, back after the run")) {
            plane.revive();
        }
        if (blow.equals("connection cut, back after the run")) {
            cable.mend();
        }
        plane.awaitReady();
    }

    private static Predicate<JsonNode> helm(String verb) {
        return event -> event.path("type").asString().equals("step-progressed")
                && event.path("message").asString("").startsWith("helm " + verb);
    }

    @Test
    void convergesToTheSameObjectsWhateverWasTakenAway() throws Exception {
        var before = cluster.objects();
        var scenario =
                new Scenario("outage", Files.createDirectory(folder.resolve("run")), plane.kubeconfig(cable.port()));
        succeeds(scenario, INSTALL);
        var installed = cluster.objects();
        var owned = cluster.owned();
        succeeds(scenario, UNINSTALL);
        assertThat(cluster.changesSince(before)).isEmpty();

        var fallen = 0;
        for (var blow : blows().entrySet()) {
            fallen += struck(scenario, blow.getKey(), blow.getValue(), helm("install"), INSTALL);
        }
        succeeds(scenario, INSTALL);
        assertThat(cluster.changesSince(installed)).isEmpty();
        assertThat(cluster.owned()).isEqualTo(owned);
        Ended.well(cluster, "outage");

        for (var blow : blows().entrySet()) {
            fallen += struck(scenario, blow.getKey(), blow.getValue(), OutageIT::isRemoval, UNINSTALL);
        }
        succeeds(scenario, UNINSTALL);
        assertThat(cluster.changesSince(before)).isEmpty();
        Proof.figure("outages in the middle of a run, all converged", "%d of %d kinds", fallen, blows().size());
    }

    private static boolean isRemoval(JsonNode event) {
        return event.path("type").asString().equals("step-started")
                && event.path("kind").asString("").equals("DELETE")
                && event.path("target").asString("").startsWith("release");
    }

    private static void succeeds(Scenario scenario, String... arguments) {
        var result = scenario.run(arguments);
        assertThat(result.code()).as(result::words).isZero();
    }

    /** Strikes a run once where the event says; gives how often it was struck. */
    private int struck(Scenario scenario, String name, Blow blow, Predicate<JsonNode> at, String... arguments)
            throws IOException, InterruptedException {
        var isStruck = new AtomicBoolean();
        var limited = new java.util.ArrayList<>(List.of(arguments));
        SLOTS.forEach(slot -> limited.addAll(List.of("--deadline", slot + "=5s")));
        var result = scenario.watch(
                process -> event -> {
                    if (at.test(event) && isStruck.compareAndSet(false, true)) {
                        Thread.ofPlatform().start(() -> fall(blow, process));
                    }
                },
                limited.toArray(String[]::new));
        repair(name);
        hasEndedInOrder(name, result);
        return isStruck.get() ? 1 : 0;
    }

    private static void fall(Blow blow, Process process) {
        try {
            blow.fall(process);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** It may have got over it, or have ended: then with a cause and a code that say that going on is possible. */
    private static void hasEndedInOrder(String blow, Program.Result result) {
        var description = blow + "\n" + result.words();
        assertThat(result.code()).as(description).isIn(0, 5, 7);
        assertThat(result.messages()).as(description).isEmpty();
        var ends = result.events().stream()
                .filter(event -> event.path("type").asString().equals("result"))
                .toList();
        assertThat(ends).as(description).hasSize(1);
        assertThat(ends.getFirst().path("exitCode").asInt()).as(description).isEqualTo(result.code());
        assertThat(ends.getFirst().path("outcome").asString()).as(description).doesNotContain("Nothing was changed");
        assertThat(result.code() == 5 && ends.getFirst().path("problems").isEmpty())
                .as(description)
                .isFalse();
    }

    /** A laptop sleeps in the middle of an installation, and meanwhile somebody else takes the lock. */
    @Test
    void makesNoChangeAfterASleepInWhichItLostTheLock() throws Exception {
        var scenario =
                new Scenario("asleep", Files.createDirectory(folder.resolve("run")), plane.kubeconfig(plane.port()));
        var other =
                new Scenario("asleep", Files.createDirectory(folder.resolve("other")), plane.kubeconfig(plane.port()));
        var isAsleep = new AtomicBoolean();
        var slept = scenario.watch(
                process -> event -> {
                    if (helm("install").test(event) && isAsleep.compareAndSet(false, true)) {
                        signal("STOP", process);
                        var taken = other.run("lock", "break", "--force", "--yes");
                        assertThat(taken.code()).as(taken::words).isZero();
                        signal("CONT", process);
                    }
                },
                INSTALL);
        assertThat(slept.code()).as(slept::words).isEqualTo(7);
        assertThat(slept.messages()).as(slept::words).isEmpty();
        var end = slept.events().getLast();
        assertThat(end.path("outcome").asString())
                .as(slept::words)
                .startsWith("The lock was lost; nothing more was changed");

        succeeds(scenario, INSTALL);
        Ended.well(cluster, "asleep");
        succeeds(scenario, "status");
        succeeds(scenario, UNINSTALL);
    }

    private static void signal(String name, Process process) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
