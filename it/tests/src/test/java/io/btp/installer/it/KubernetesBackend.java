package io.btp.installer.it;

import io.btp.installer.simulator.api.EmbeddedApi;
import io.btp.installer.simulator.client.Connection;
import io.btp.installer.simulator.nodes.Simulation;
import io.btp.installer.simulator.nodes.SimulationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The cluster that a test uses: the one that {@code BTP_IT_KUBECONFIG} names, otherwise a container of the image that
 * {@code BTP_IT_K3S_IMAGE} names, otherwise the embedded API with the simulation. With {@code CI=true} the last will not
 * do. The charts of the tests need simulated nodes: a real k3s cannot pull their images.
 */
public final class KubernetesBackend implements AutoCloseable {
    private static final String EMBEDDED = "the embedded API";

    private final String name;
    private final String kubeconfig;
    private final AutoCloseable closing;

    private KubernetesBackend(String name, String kubeconfig, AutoCloseable closing) {
        this.name = name;
        this.kubeconfig = kubeconfig;
        this.closing = closing;
    }

    public static KubernetesBackend open() {
        var file = Optional.ofNullable(System.getenv("BTP_IT_KUBECONFIG"));
        try {
            if (file.isPresent()) {
                return noted(new KubernetesBackend(
                        "the cluster of BTP_IT_KUBECONFIG", Files.readString(Path.of(file.get())), () -> {}));
            }
            if (System.getenv("BTP_IT_K3S_IMAGE") != null) {
                return k3s();
            }
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(
                        "With CI=true a real API server has to be there: set BTP_IT_KUBECONFIG or BTP_IT_K3S_IMAGE");
            }
            return noted(embedded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("tests are not interrupted", e);
        }
    }

    /** Starts a cluster as a container. */
    public static KubernetesBackend k3s() {
        var container = Containers.k3s();
        return noted(new KubernetesBackend(
                "k3s by Testcontainers, image " + container.getDockerImageName(),
                container.getKubeConfigYaml(),
                container));
    }

    private static KubernetesBackend embedded() throws IOException, InterruptedException {
        var api = EmbeddedApi.open(Files.createTempDirectory("btp-it-cluster"));
        var simulation = Simulation.start(
                new Connection(api.server(), api.token(), Optional.of(api.certificate())),
                SimulationOptions.forBareApi());
        return new KubernetesBackend(EMBEDDED, api.kubeconfig(), () -> {
            simulation.close();
            api.close();
        });
    }

    private static KubernetesBackend noted(KubernetesBackend backend) {
        note("Kubernetes", backend.name);
        return backend;
    }

    /** Notes a back end for the table of a run. */
    public static void note(String need, String what) {
        var line = "%-15s %s%n".formatted(need, what);
        System.out.print("back end: " + line);
        Optional.ofNullable(System.getenv("BTP_IT_BACKENDS")).ifPresent(table -> append(Path.of(table), line));
    }

    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says what it is. */
    public String name() {
        return name;
    }

    /** Tells whether it asks for rights: the embedded API grants everything to everybody who is let in. */
    public boolean enforcesRights() {
        return !name.equals(EMBEDDED);
    }

    /** Gives the text of a kubeconfig with one context. */
    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
