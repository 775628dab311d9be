package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.Program;
import io.btp.installer.it.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    static Path bed;

    private static ControlPlane plane;
    private static Cable cable;
    private static ClusterInventory cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        plane = ControlPlane.start(bed);
        cable = Cable.to(plane.port());
        cluster = new ClusterInventory(plane.kubeconfig(plane.port()));
    }

    @AfterAll
    static void end() throws Exception {
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

    /**
     * What is taken away.
     *
     * @param name what people would say
     * @param fall takes it away, and where that is for a moment only gives it back
     * @param repair gives it back after the run
     */
    private record Outage(String name, Blow fall, Blow repair) {}

    /** Longer than a lease lasts. */
    private static final int SLEEP_SECONDS = 60;

    private static final Blow NOTHING = program -> {};

    private static final Outage CUT =
            new Outage("connection cut, back after the run", program -> cable.cut(), program -> cable.mend());
    private static final Outage WORKER = new Outage("worker killed", OutageIT::killWorker, NOTHING);

    private static final List<Outage> OUTAGES = List.of(
            new Outage("API server killed, back after the run", program -> plane.kill(), program -> plane.revive()),
            CUT,
            WORKER,
            new Outage(
                    "API server killed and back",
                    program -> {
                        plane.kill();
                        plane.revive();
                    },
                    NOTHING),
            new Outage(
                    "connection cut for a moment",
                    program -> {
                        cable.cut();
                        program.waitFor(2, TimeUnit.SECONDS);
                        cable.mend();
                    },
                    NOTHING));

    /** Kills a Helm worker as soon as there is one. */
    private static void killWorker(Process program) throws InterruptedException {
        while (program.isAlive()) {
            var worker = program.children().findAny();
            if (worker.isPresent()) {
                worker.get().destroyForcibly();
                return;
            }
            program.waitFor(10, TimeUnit.MILLISECONDS);
        }
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

        for (var outage : OUTAGES) {
            if (strike(scenario, outage, OutageIT::isChange, INSTALL).code() == 0) {
                succeeds(scenario, UNINSTALL);
            }
        }
        succeeds(scenario, INSTALL);
        assertThat(cluster.changesSince(installed)).isEmpty();
        assertThat(cluster.owned()).isEqualTo(owned);
        Ended.well(cluster, "outage");

        // Garbage collection takes a minute to recover from the loss of its API server.
        var removing = Proof.isLong() ? OUTAGES : List.of(CUT, WORKER);
        for (var outage : removing) {
            if (strike(scenario, outage, OutageIT::isRemoval, UNINSTALL).code() == 0) {
                succeeds(scenario, INSTALL);
            }
        }
        succeeds(scenario, UNINSTALL);
        assertThat(cluster.changesSince(before)).isEmpty();
        Proof.figure("outages in the middle of a run, all converged", "%d", OUTAGES.size() + removing.size());
    }

    private static boolean isChange(JsonNode event) {
        return event.path("type").asString().equals("step-started")
                && event.path("kind").asString("").equals("CREATE")
                && event.path("target").asString("").startsWith("release");
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

    /** Strikes a run once where the event says. Who got over it leaves nothing for the next one to strike. */
    private static Program.Result strike(Scenario scenario, Outage outage, Predicate<JsonNode> at, String... arguments)
            throws IOException, InterruptedException {
        var limited = new ArrayList<>(List.of(arguments));
        if (outage.repair() != NOTHING) {
            SLOTS.forEach(slot -> limited.addAll(List.of("--deadline", slot + "=5s")));
        }
        var struck = new ArrayList<Process>();
        var striking = new ArrayList<Thread>();
        var result = scenario.watch(
                process -> event -> {
                    if (at.test(event) && struck.isEmpty()) {
                        struck.add(process);
                        striking.add(Thread.ofPlatform().start(() -> fall(outage.fall(), process)));
                    }
                },
                limited.toArray(String[]::new));
        assertThat(striking).as(outage.name() + "\n" + result.words()).hasSize(1);
        striking.getFirst().join();
        outage.repair().fall(struck.getFirst());
        plane.awaitReady();
        hasEndedInOrder(outage.name(), result);
        return result;
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
                    if (isChange(event) && isAsleep.compareAndSet(false, true)) {
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

    /** It sleeps longer than a lock lasts, and nobody takes it: the run goes on as if nothing had been. */
    @Test
    void goesOnAfterASleepInWhichNobodyTookTheLock() throws Exception {
        var scenario =
                new Scenario("rested", Files.createDirectory(folder.resolve("rested")), plane.kubeconfig(plane.port()));
        var isAsleep = new AtomicBoolean();
        var slept = scenario.watch(
                process -> event -> {
                    if (isChange(event) && isAsleep.compareAndSet(false, true)) {
                        sleep(process);
                    }
                },
                INSTALL);
        assertThat(isAsleep).isTrue();
        assertThat(slept.code()).as(slept::words).isZero();
        assertThat(slept.messages()).as(slept::words).isEmpty();
        Ended.well(cluster, "rested");
        succeeds(scenario, UNINSTALL);
    }

    private static void sleep(Process process) {
        signal("STOP", process);
        try {
            process.waitFor(SLEEP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        signal("CONT", process);
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
