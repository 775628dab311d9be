package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.btp.installer.api.HelmRelease;
import io.btp.installer.api.ProviderException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills workers in the middle, on a real API server. */
class HelmResumeTest {
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

    /** Lets a run hang in a hook, kills its worker there, and gives what the run said. */
    private static ProviderException killed(HelmRelease release, String hook) throws InterruptedException {
        try (var host = HelmBench.host(cache)) {
            var run = started(bench.helm(host).steps(release));
            HelmBench.eventually(() -> bench.exists("batch/v1", "Job", release.name() + "-" + hook));
            host.abort();
            return failure(run);
        }
    }

    private static CompletableFuture<Void> started(List<io.btp.installer.api.Step> steps) {
        var run = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            try {
                HelmBench.run(steps);
                run.complete(null);
            } catch (ProviderException | InterruptedException ended) {
                run.completeExceptionally(ended);
            }
        });
        return run;
    }

    private static ProviderException failure(CompletableFuture<Void> run) {
        var thrown = catchThrowableOfType(
                java.util.concurrent.ExecutionException.class, () -> run.get(30, TimeUnit.SECONDS));
        assertThat(thrown.getCause()).isInstanceOf(ProviderException.class);
        return (ProviderException) Objects.requireNonNull(thrown.getCause());
    }

    private List<StoredRelease.Status> statuses(String name) throws InterruptedException {
        return bench.history(name).stream().map(StoredRelease::status).toList();
    }

    @Test
    void goesOnAfterAFirstInstallWasKilledBeforeItMadeItsObjects() throws InterruptedException {
        var said = killed(bench.release("early", "hooked", Map.of("mode", "pending")), "prepare");
        assertThat(said.problem().summary()).contains("ended in the middle");
        assertThat(statuses("early")).containsExactly(StoredRelease.Status.PENDING);

        var release = bench.release("early", "hooked", Map.of());
        var steps = bench.helm().steps(release);
        bench.converge(release);

        assertThat(steps.getFirst().toString()).isEqualTo("create release " + bench.namespace + "/early");
        assertThat(steps.getFirst().reason()).contains("its first install did not come to its end");
        assertThat(statuses("early")).containsExactly(StoredRelease.Status.DEPLOYED);
        assertThat(bench.helm().steps(release)).isEmpty();
    }

    @Test
    void takesUpTheObjectsOfAKilledFirstInstall() throws InterruptedException {
        killed(bench.release("late", "hooked", Map.of("afterwards", "pending")), "finish");
        assertThat(bench.exists("v1", "ConfigMap", "late-settings")).isTrue();

        var release = bench.release("late", "hooked", Map.of("word", "new"));
        bench.converge(release);

        assertThat(statuses("late")).containsExactly(StoredRelease.Status.DEPLOYED);
        assertThat(bench.helm().steps(release)).isEmpty();
    }

    @Test
    void removesWhatOnlyTheKilledInstallWanted() throws InterruptedException {
        killed(bench.release("orphan", "hooked", Map.of("afterwards", "pending", "extra", "yes")), "finish");
        assertThat(bench.exists("v1", "ConfigMap", "orphan-extra")).isTrue();

        bench.converge(bench.release("orphan", "hooked", Map.of()));

        HelmBench.eventually(() -> !bench.exists("v1", "ConfigMap", "orphan-extra"));
    }

    @Test
    void goesOnAfterAnUpgradeWasKilled() throws InterruptedException {
        bench.converge(bench.release("upgraded", "hooked", Map.of("word", "one")));
        bench.client.delete(bench.ref("batch/v1", "Job", "upgraded-finish"));
        HelmBench.eventually(() -> !bench.exists("batch/v1", "Job", "upgraded-finish"));
        killed(bench.release("upgraded", "hooked", Map.of("word", "two", "afterwards", "pending")), "finish");
        assertThat(statuses("upgraded")).containsExactly(StoredRelease.Status.DEPLOYED, StoredRelease.Status.PENDING);

        var release = bench.release("upgraded", "hooked", Map.of("word", "one"));
        var steps = bench.helm().steps(release);
        bench.converge(release);

        assertThat(steps.getFirst().toString()).isEqualTo("update release " + bench.namespace + "/upgraded");
        assertThat(steps.getFirst().reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("did not come to its end"));
        assertThat(bench.helm().steps(release)).isEmpty();
        assertThat(io.btp.installer.host.kubernetes.Fields.text(
                        bench.client
                                .find(bench.ref("v1", "ConfigMap", "upgraded-settings"))
                                .orElseThrow(),
                        "data",
                        "word"))
                .contains("one");
    }

    @Test
    void rendersWithTheClusterThoughAnUpgradeWasKilled() throws InterruptedException {
        bench.converge(bench.release("halfasked", "asking", Map.of("word", "one")));
        var deployed = bench.history("halfasked").getLast();
        var pending = new java.util.LinkedHashMap<>(deployed.content());
        pending.put("version", 2);
        pending.put("info", Map.of("status", "pending-upgrade"));
        bench.client.create(Map.of(
                "apiVersion", "v1",
                "kind", "Secret",
                "type", "helm.sh/release.v1",
                "metadata",
                        Map.of(
                                "name",
                                "sh.helm.release.v1.halfasked.v2",
                                "namespace",
                                bench.namespace,
                                "labels",
                                Map.of(
                                        "owner",
                                        "helm",
                                        "name",
                                        "halfasked",
                                        "status",
                                        "pending-upgrade",
                                        "version",
                                        "2")),
                "data", Map.of("release", java.util.Base64.getEncoder().encodeToString(ReleaseCodec.write(pending)))));

        var release = bench.release("halfasked", "asking", Map.of("word", "two"));
        bench.converge(release);

        assertThat(bench.helm().steps(release)).isEmpty();
    }

    @Test
    void removesAHalfMadeRelease() throws InterruptedException {
        killed(bench.release("removed", "hooked", Map.of("afterwards", "pending")), "finish");

        bench.remove("removed");

        assertThat(bench.history("removed")).isEmpty();
        assertThat(bench.exists("v1", "ConfigMap", "removed-settings")).isFalse();
        assertThat(bench.exists("v1", "ConfigMap", "removed-early")).isFalse();
        assertThat(bench.exists("batch/v1", "Job", "removed-finish")).isFalse();
        assertThat(bench.helm().removal(bench.namespace, "removed")).isEmpty();
    }

    @Test
    void installsAfterAFirstInstallFailedAndSaysWhyItDid() throws InterruptedException {
        var failed = catchThrowableOfType(
                ProviderException.class,
                () -> HelmBench.run(bench.helm().steps(bench.release("failing", "hooked", Map.of("mode", "fail")))));
        assertThat(failed.problem().summary()).contains("Helm could not install");
        assertThat(failed.problem().causes())
                .first()
                .satisfies(cause -> assertThat(cause.summary()).contains("failing-prepare"));
        assertThat(statuses("failing")).containsExactly(StoredRelease.Status.FAILED);

        var release = bench.release("failing", "hooked", Map.of());
        bench.converge(release);

        assertThat(bench.helm().steps(release)).isEmpty();
    }

    @Test
    void endsACallWhenThePermitRunsOut() throws InterruptedException {
        try (var host = HelmBench.host(cache)) {
            var left = new AtomicReference<>(Duration.ofMinutes(10));
            host.permit(left::get);
            var run = started(bench.helm(host).steps(bench.release("fenced", "hooked", Map.of("mode", "pending"))));
            HelmBench.eventually(() -> bench.exists("batch/v1", "Job", "fenced-prepare"));

            left.set(Duration.ZERO);

            assertThat(failure(run).problem().summary()).contains("its lock has run out");
            assertThat(statuses("fenced")).containsExactly(StoredRelease.Status.PENDING);
        }
    }

    @Test
    void endsACallWhenItsThreadIsInterrupted() throws InterruptedException {
        try (var host = HelmBench.host(cache)) {
            var steps = bench.helm(host).steps(bench.release("stopped", "hooked", Map.of("mode", "pending")));
            var ended = new CompletableFuture<Throwable>();
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    HelmBench.run(steps);
                    ended.complete(new AssertionError("it went on"));
                } catch (ProviderException | InterruptedException stopped) {
                    ended.complete(stopped);
                }
            });
            HelmBench.eventually(() -> bench.exists("batch/v1", "Job", "stopped-prepare"));

            thread.interrupt();

            assertThat(ended.orTimeout(10, TimeUnit.SECONDS).join()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void goesOnAfterARemovalWasKilled() throws InterruptedException {
        var release = bench.release("halfgone", "shop", Map.of());
        bench.converge(release);
        new Releases(bench.client, bench.namespace, "halfgone")
                .rewrite(
                        bench.history("halfgone").getLast(),
                        content -> io.btp.installer.host.kubernetes.Fields.with(
                                content, "info", Map.of("status", "uninstalling")));
        bench.client.delete(bench.ref("v1", "Service", "halfgone"));

        var steps = bench.helm().steps(release);
        bench.converge(release);

        assertThat(steps.getFirst().reason()).contains("its removal did not come to its end");
        assertThat(statuses("halfgone")).containsExactly(StoredRelease.Status.DEPLOYED);
        bench.remove("halfgone");
        assertThat(bench.exists("apps/v1", "Deployment", "halfgone")).isFalse();
        assertThat(bench.history("halfgone")).isEmpty();
    }
}
