package io.btp.installer.host.backend;

import io.btp.installer.simulator.api.EmbeddedApi;
import io.btp.installer.simulator.client.Connection;
import io.btp.installer.simulator.nodes.Simulation;
import io.btp.installer.simulator.nodes.SimulationOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The embedded API with the simulation, started when the first test asks, for all tests of this JVM. */
final class EmbeddedCluster {
    private final Path folder;
    private final EmbeddedApi api;
    private final Simulation simulation;

    private EmbeddedCluster(Path folder, EmbeddedApi api, Simulation simulation) {
        this.folder = folder;
        this.api = api;
        this.simulation = simulation;
    }

    /** Initialised once, by the JVM. */
    private static final class Shared {
        static final EmbeddedCluster CLUSTER = open();
    }

    static Path kubeconfig() {
        return Shared.CLUSTER.folder.resolve("kubeconfig");
    }

    private static EmbeddedCluster open() {
        try {
            var folder = Files.createTempDirectory("btp-cluster");
            var api = EmbeddedApi.open(folder.resolve("data"));
            var simulation = Simulation.start(
                    new Connection(api.server(), api.token(), Optional.of(api.certificate())),
                    SimulationOptions.forBareApi());
            var file = Files.createFile(
                    folder.resolve("kubeconfig"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, api.kubeconfig());
            var cluster = new EmbeddedCluster(folder, api, simulation);
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "end of the embedded cluster"));
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the embedded cluster starts", e);
        }
    }

    private void close() {
        try {
            simulation.close();
            api.close();
            Running.remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
