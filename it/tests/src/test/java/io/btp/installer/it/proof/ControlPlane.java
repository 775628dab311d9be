package io.btp.installer.it.proof;

import io.btp.installer.it.Servers;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A control plane of a test's own, whose API server it may kill; without one the test is not run, which is said. */
final class ControlPlane implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Path SCRIPTS =
            Path.of("../control-plane").toAbsolutePath().normalize();

    private final Path bed;
    private final int port;

    private ControlPlane(Path bed, int port) {
        this.bed = bed;
        this.port = port;
    }

    static ControlPlane start(Path bed) throws IOException, InterruptedException {
        var binary =
                Optional.ofNullable(System.getenv("BIN")).map(Path::of).orElse(SCRIPTS.resolve("bin/control-plane"));
        Servers.program("control plane", "run it/control-plane/build.sh", binary);
        var plane = new ControlPlane(bed, Servers.freePort());
        plane.run(
                "up.sh",
                Map.of(
                        "BIN", binary.toString(),
                        "PORT", Integer.toString(plane.port),
                        "ETCD_PORT", Integer.toString(Servers.freePort()),
                        "KUBELET_PORT", Integer.toString(Servers.freePort()),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "SIMULATOR_CLASSPATH", System.getProperty("java.class.path")));
        return plane;
    }

    private void run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        var log = bed.resolve("log-" + script);
        var builder = new ProcessBuilder("bash", SCRIPTS.resolve(script).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("BED", bed.toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(script + ": " + Files.readString(log));
        }
    }

    int port() {
        return port;
    }

    /** Gives the text of a kubeconfig that leads to it through this port. */
    String kubeconfig(int through) throws IOException {
        return Files.readString(bed.resolve("token.kubeconfig")).replace("127.0.0.1:" + port, "127.0.0.1:" + through);
    }

    /** Kills the API server. What it has stored stays. */
    void kill() throws IOException, InterruptedException {
        var pid = Files.readString(bed.resolve("run/apiserver.pid")).trim();
        new ProcessBuilder("kill", "-9", pid).inheritIO().start().waitFor();
        while (isListening()) {
            Thread.onSpinWait();
        }
    }

    /** Starts the API server again. */
    void revive() throws IOException, InterruptedException {
        new ProcessBuilder("bash", bed.resolve("run/apiserver.sh").toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Waits until the API server serves. */
    void awaitReady() throws IOException {
        try (var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig(port)))
                .build()) {
            var end = System.nanoTime() + START.toNanos();
            while (!isReady(client)) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("the API server is not ready after " + START);
                }
                LockSupport.parkNanos(100_000_000);
            }
        }
    }

    private static boolean isReady(KubernetesClient client) {
        try {
            return "ok".equals(client.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private boolean isListening() {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("down.sh", Map.of());
    }
}
