package io.btp.installer.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.KubernetesBackend;
import io.btp.installer.it.Program;
import io.btp.installer.it.Scenario;
import io.btp.installer.it.ZonePlugin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A plugin misbehaves in every place and every way: it is named, and nothing else breaks. */
final class BadPluginIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NAME = "bad-plugin";
    private static final int INTERNAL = 1;
    private static final int CHECKS = 4;
    private static final int STEP = 5;
    private static final int NOT_CONVERGED = 6;
    private static final int REFUSED = 8;
    private static final int INTERRUPTED = 130;
    private static final List<String> HOW = List.of("runtime", "overflow", "class", "memory", "assertion", "null");

    @TempDir
    static Path folder;

    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    private record Case(String where, String how, int code, String word) {
        @Override
        public String toString() {
            return where + ":" + how;
        }
    }

    @BeforeAll
    static void installs() throws Exception {
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
        var plugin =
                ZonePlugin.pack(folder.resolve("config/btp/plugins/bad"), "bad", BadPlugin.class, BadPlugin.CLASSES);
        var installation = Installations.small(NAME, folder, backend.kubeconfig());
        var trusted = new Program(folder)
                .with("XDG_CONFIG_HOME", folder.resolve("config").toString())
                .run("plugins", "trust", plugin.toString());
        assertThat(trusted.code()).as(trusted::words).isZero();
        assertThat(Files.exists(folder.resolve("btp.yaml"))).isTrue();
        succeeds(told(installation, ""), "install", "--yes");
    }

    @AfterAll
    static void removes() {
        Installations.remove(cluster, NAME);
        cluster.close();
        backend.close();
    }

    private static Scenario told(Scenario scenario, String how) {
        return scenario.with("XDG_CONFIG_HOME", folder.resolve("config").toString())
                .with("BAD_PLUGIN", how)
                .with("BAD_MARK", folder.resolve("mark").toString())
                .answer("observability.logs.mode", "test");
    }

    private static Scenario told(String how) {
        return told(Installations.small(NAME, folder, backend.kubeconfig()), how);
    }

    private static void succeeds(Scenario scenario, String... arguments) {
        var result = scenario.run(arguments);
        assertThat(result.code()).as(result::words).isZero();
    }

    /** The one thing that it makes is made again by the next install. */
    private static void takeAway() {
        cluster.client()
                .configMaps()
                .inNamespace(NAME + "-deps")
                .withName(NAME + "-bad-logs")
                .delete();
    }

    private static List<Case> cases() {
        var all = new ArrayList<Case>();
        for (var how : HOW) {
            for (var where : List.of("constructor", "providers", "description", "slot", "form")) {
                if (!where.equals("constructor") || !how.equals("null")) {
                    all.add(new Case(where, how, REFUSED, "plugins/bad"));
                }
            }
            for (var where : List.of("configuration", "rule", "needs", "open", "checks", "check", "observe")) {
                all.add(new Case(where, how, CHECKS, "bad.jar"));
            }
            if (!how.equals("null")) {
                all.add(new Case("step", how, STEP, "bad.jar"));
                all.add(new Case("close", how, 0, ""));
            }
        }
        return all;
    }

    /** One of each place and way, at least. */
    private static List<Case> sample() {
        var all = cases();
        return Proof.isLong() ? all : Proof.sample(all, 18);
    }

    private static List<Case> wrongAnswers() {
        return List.of(
                new Case("twice", "ids", REFUSED, "twice"),
                new Case("changes", "description", REFUSED, "differently"),
                new Case("needs-nobody", "gives", CHECKS, "which nobody provides"),
                new Case("needs-itself", "again", CHECKS, "circle"),
                new Case("publishes", "another", CHECKS, "publishes a Configuration"),
                new Case("twice", "targets", CHECKS, "twice"),
                new Case("never", "converges", NOT_CONVERGED, "did not converge"),
                new Case("observe", "prints", 0, ""),
                new Case("observe", "leaks", 0, ""),
                new Case("observe", "exit", INTERNAL, ""),
                new Case("observe", "halt", 3, ""));
    }

    @Test
    void isNamedWhereverAndHoweverItMisbehaves() {
        var all = new ArrayList<>(sample());
        all.addAll(wrongAnswers());
        for (var one : all) {
            if (List.of("step", "checks", "check", "twice").contains(one.where())) {
                takeAway();
            }
            misbehaves(one);
        }
        succeeds(told(""), "install", "--yes");
        succeeds(told(""), "status");
        Proof.figure(
                "misbehaviours of a plugin, each named",
                "%d of %d on %s",
                all.size(),
                cases().size() + wrongAnswers().size(),
                backend.name());
    }

    private static void misbehaves(Case one) {
        var result = told(one.toString()).run("install", "--yes", "--output", "json");
        assertThat(result.code()).as(() -> one + "\n" + result.words()).isEqualTo(one.code());
        assertThat(result.output()).as(one + " is named").contains(one.word());
        isDecent(one.toString(), result);
        if (one.code() != 0 && one.code() != 3 && one.code() != INTERNAL) {
            assertThat(result.output()).as(one + " is named").contains("bad");
        }
        if (one.how().equals("exit")) {
            assertThat(result.messages()).contains("The plugin test-bad ended the program");
        }
    }

    /** Every line is an event, and nobody sees a stack trace. */
    private static void isDecent(String what, Program.Result result) {
        result.output()
                .lines()
                .forEach(line -> assertThat(JSON.readTree(line).isObject())
                        .as(what + ": " + line)
                        .isTrue());
        assertThat(result.words())
                .as(what)
                .doesNotContain("\tat ", "Exception in thread", "NullPointerException: Cannot invoke");
    }

    @Test
    void isEndedByCtrlCWhereItHearsNothing() throws Exception {
        for (var where :
                Proof.isLong() ? List.of("observe", "step", "check", "open", "needs") : List.of("observe", "step")) {
            if (where.equals("step")) {
                takeAway();
            }
            Files.deleteIfExists(folder.resolve("mark"));
            var scenario = told(where + ":deaf");
            var run = LiveRun.start(
                    event -> false, watcher -> scenario.watch(watcher, "install", "--yes", "--output", "json"));
            awaitMark();
            run.signal("INT");
            pause();
            run.signal("INT");
            var result = run.end();
            assertThat(result.code()).as(() -> where + "\n" + result.words()).isEqualTo(INTERRUPTED);
            assertThat(result.words()).contains("Plugin test-bad does not stop");
            isDecent(where, result);
        }
        succeeds(told(""), "install", "--yes");
    }

    private static void awaitMark() throws InterruptedException {
        for (int look = 0; look < 600 && !Files.exists(folder.resolve("mark")); look++) {
            pause();
        }
        assertThat(folder.resolve("mark")).exists();
    }

    private static void pause() throws InterruptedException {
        if (new CountDownLatch(1).await(Duration.ofMillis(300).toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("nobody counts down");
        }
    }
}
