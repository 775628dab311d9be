package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.btp.installer.api.Connection;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.helm.worker.Order;
import io.btp.installer.host.helm.worker.Order.Operation;
import io.btp.installer.host.helm.worker.WorkerMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs real worker processes, without a cluster. */
class WorkersTest {
    @TempDir
    Path folder;

    private PrivateFolders folders;
    private Workers workers;

    @BeforeEach
    void starts() throws IOException {
        folders = new PrivateFolders(
                Files.createDirectory(folder.resolve("memory")), Files.createDirectory(folder.resolve("disk")));
        workers = workers(HelmBench.runtime());
    }

    private Workers workers(HelmRuntime runtime) {
        return new Workers(runtime, folders, 1);
    }

    @AfterEach
    void stops() {
        workers.close();
    }

    private Order template(String chart, Map<String, Object> values) throws InterruptedException {
        try (var charts = new Charts(folder.resolve("cache"), ChartsTest.download(Connection.direct()))) {
            var path = charts.archive(HelmBench.chart(chart)).path().toString();
            return new Order(
                    Operation.TEMPLATE,
                    "space",
                    "name",
                    path,
                    values,
                    Optional.empty(),
                    Optional.of("v1.35.4"),
                    "",
                    60);
        }
    }

    private List<Path> children(String name) throws IOException {
        try (var children = Files.list(folder.resolve(name))) {
            return children.toList();
        }
    }

    @Test
    void usesOneProcessForManyOrders() throws InterruptedException, IOException {
        assertThat(workers.render(Order.version(), Confidential.none())).startsWith("v3.");
        assertThat(workers.render(template("shop", Map.of("colour", "red, \"and\": more")), Confidential.none()))
                .contains("colour: \"red, \\\"and\\\": more\"");
        assertThat(children("memory")).hasSize(1);
    }

    @Test
    void startsAheadOfTheFirstOrderWhereThatIsMeantToCome() throws InterruptedException, IOException {
        workers.plan();
        assertThat(children("memory")).isEmpty();

        workers.startEarly();
        workers.plan();
        workers.plan();
        var started = children("memory");
        assertThat(started).hasSize(1);

        assertThat(workers.render(Order.version(), Confidential.none())).startsWith("v3.");
        assertThat(children("memory")).isEqualTo(started);
    }

    @Test
    void keepsItsFoldersPrivateAndLeavesNoValues() throws InterruptedException, IOException {
        workers.render(template("shop", Map.of("password", "canary")), Confidential.none());

        var confidential = children("memory").getFirst();
        assertThat(Files.getPosixFilePermissions(confidential))
                .extracting(Enum::name)
                .allMatch(name -> name.startsWith("OWNER"));
        try (var left = Files.list(confidential)) {
            assertThat(left).isEmpty();
        }
        workers.close();
        assertThat(children("memory")).isEmpty();
        assertThat(children("disk")).isEmpty();
    }

    @Test
    void hidesSecretsInWhatHelmSays() throws InterruptedException {
        var order = template("shop", Map.of("replicas", "{{ canary: [", "image", "a: b: canary"));

        var said = catchThrowableOfType(
                ProviderException.class, () -> workers.render(order, Confidential.of(List.of("canary"))));

        assertThat(said.problem().toString()).contains("Helm could not render").doesNotContain("canary");
    }

    @Test
    void replacesAWorkerThatWasKilled() throws InterruptedException {
        workers.render(Order.version(), Confidential.none());
        var worker = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(folder.toString()))
                .findAny()
                .orElseThrow();
        worker.destroyForcibly();
        assertThat(worker.onExit()).succeedsWithin(Duration.ofSeconds(10));

        assertThat(workers.render(Order.version(), Confidential.none())).startsWith("v3.");
    }

    @Test
    void unpacksTheLibraryOnceAndAgainWhereItIsNotWhole() throws InterruptedException, IOException {
        var kept = folder.resolve("kept");
        var runtime =
                new HelmRuntime(HelmBench.runtime().java(), HelmBench.runtime().classPath(), kept);
        assertThat(version(runtime)).startsWith("v3.");
        var library = library(kept);
        var made = Files.getLastModifiedTime(library);
        long size = Files.size(library);

        assertThat(version(runtime)).startsWith("v3.");
        assertThat(library(kept)).isEqualTo(library);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(made);

        Files.write(library, new byte[] {1, 2, 3});
        assertThat(version(runtime)).startsWith("v3.");
        assertThat(library).hasSize(size);
        assertThat(Files.getPosixFilePermissions(kept))
                .allMatch(right -> right.name().startsWith("OWNER"));
    }

    @Test
    void worksWhereTheLibraryCannotBeKept() throws InterruptedException, IOException {
        var file = Files.createFile(folder.resolve("file"));

        assertThat(version(new HelmRuntime(
                        HelmBench.runtime().java(), HelmBench.runtime().classPath(), file)))
                .startsWith("v3.");
    }

    private String version(HelmRuntime runtime) throws InterruptedException {
        try (var own = workers(runtime)) {
            return own.render(Order.version(), Confidential.none());
        }
    }

    /** Gives the only file that is kept. */
    private static Path library(Path kept) throws IOException {
        try (var files = Files.walk(kept)) {
            var all = files.filter(Files::isRegularFile).toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void showsTheLastWordsOfAWorkerThatCannotStart() {
        try (var broken = workers(new HelmRuntime(HelmBench.runtime().java(), List.of(folder), folder))) {
            var said = catchThrowableOfType(
                    ProviderException.class, () -> broken.render(Order.version(), Confidential.none()));

            assertThat(said.problem().summary()).contains("ended in the middle");
            assertThat(said.problem().evidence()).anyMatch(line -> line.contains("WorkerMain"));
        }
    }

    @Test
    void makesNoChangeWithoutPermit() {
        workers.permit(() -> Duration.ZERO);

        assertThatThrownBy(workers::requirePermit).hasMessageContaining("may not make changes");
    }

    @Test
    void endsInTheMiddleOfACallWhereNobodyExtendsItsPermit() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var charts = new Charts(folder.resolve("cache"), ChartsTest.download(Connection.direct()));
                var worker = Worker.start(HelmBench.runtime(), folders)) {
            var chart = charts.archive(HelmBench.chart("shop")).path().toString();
            var kubeconfig = WorkerAccess.loopback(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            worker.permit(Duration.ofMinutes(1));
            var reply = worker.submit(new Order(
                    Operation.INSTALL,
                    "space",
                    "name",
                    chart,
                    Map.of(),
                    Optional.of(kubeconfig),
                    Optional.empty(),
                    "",
                    60));
            try (var unanswered = silent.accept()) {
                assertThat(unanswered.isConnected()).isTrue();

                worker.permit(Duration.ofMillis(1));

                assertThat(reply).failsWithin(Duration.ofSeconds(20));
                assertThat(worker.lastErrors())
                        .anyMatch(line -> line.contains("the time that was given for changes is over"));
            }
        }
    }

    @Test
    void sweepsFoldersOfProcessesThatAreNoMore() throws IOException {
        var dead = Files.createDirectory(folder.resolve("memory/btp-helm-999999999-1-abc"));
        Files.writeString(dead.resolve("kubeconfig"), "canary");
        var reused = Files.createDirectory(folder.resolve(
                "disk/btp-helm-%d-1-abc".formatted(ProcessHandle.current().pid())));
        var alive = folders.confidential();
        var foreign = Files.createDirectory(folder.resolve("memory/other"));

        folders.sweep();

        assertThat(dead).doesNotExist();
        assertThat(reused).doesNotExist();
        assertThat(alive).exists();
        assertThat(foreign).exists();
    }

    @Test
    void endsWithItsStandardInput() throws InterruptedException, IOException {
        var runtime = HelmBench.runtime();
        var process = new ProcessBuilder(
                        runtime.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName(),
                        folder.toString())
                .start();

        process.getOutputStream().close();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
