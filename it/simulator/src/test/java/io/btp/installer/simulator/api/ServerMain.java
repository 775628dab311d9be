package io.btp.installer.simulator.api;

import io.btp.installer.simulator.client.Connection;
import io.btp.installer.simulator.nodes.Simulation;
import io.btp.installer.simulator.nodes.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Serves the API as a process of its own until it is killed, for tests in other processes. */
final class ServerMain {
    private ServerMain() {}

    /** Usage: {@code FOLDER KUBECONFIG [simulated]}; the kubeconfig is written when the API serves. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var given = List.of(arguments);
        try (var api = EmbeddedApi.open(Path.of(given.getFirst()))) {
            if (given.contains("simulated")) {
                simulate(api);
            }
            var draft = Path.of(given.get(1) + ".new");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, api.kubeconfig());
            Files.move(draft, Path.of(given.get(1)));
            new CountDownLatch(1).await();
        }
    }

    private static void simulate(EmbeddedApi api) throws IOException, InterruptedException {
        var connection = new Connection(api.server(), api.token(), Optional.of(api.certificate()));
        Simulation.start(connection, SimulationOptions.forBareApi().withPorts(18_081, 18_444));
    }
}
