package io.btp.installer.plugin.sandbox;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.simulator.api.EmbeddedApi;
import io.btp.installer.simulator.client.Connection;
import io.btp.installer.simulator.nodes.Simulation;
import io.btp.installer.simulator.nodes.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sandbox clusters that this program has open, by folder. They stay open until the program ends or they are deleted:
 * a run opens its components several times, and nothing is lost when the program just ends. Safe for concurrent use.
 */
final class OpenClusters implements AutoCloseable {
    /** Holds every object of the cluster; the cluster is there once this file is. */
    private static final String OBJECTS = "objects.jsonl";

    /** All that the embedded API keeps in its folder. */
    private static final List<String> FILES =
            List.of(OBJECTS, OBJECTS + ".new", "server.json", "server.json.new", "lock");

    private final Map<Path, Opened> open = new HashMap<>();

    private record Opened(EmbeddedApi api, Optional<Simulation> simulation) {}

    boolean isThere(Path folder) {
        return Files.exists(folder.resolve(OBJECTS));
    }

    /** Makes the cluster in a folder; keeps one that is there. */
    void create(Path folder) throws InterruptedException {
        if (!isThere(folder)) {
            requireFree(folder);
        }
        kubeconfig(folder);
    }

    private static void requireFree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var content = Files.list(folder)) {
            var other = content.map(path -> path.getFileName().toString())
                    .filter(name -> !FILES.contains(name))
                    .findFirst();
            if (other.isPresent()) {
                throw new ProviderException(Problem.of(
                        Problem.Reason.INVALID,
                        "%s holds other things already, for example %s".formatted(folder, other.get()),
                        "Give the sandbox a folder of its own: cluster.folder"));
            }
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    /** Gives access to the cluster in a folder: serves it, unless another program does. */
    Secret kubeconfig(Path folder) throws InterruptedException {
        return Secret.of(at(folder).api().kubeconfig());
    }

    /** Tells whether this program serves the cluster in a folder. */
    boolean isServed(Path folder) throws InterruptedException {
        return at(folder).api().isServing();
    }

    private synchronized Opened at(Path folder) throws InterruptedException {
        var known = Optional.ofNullable(open.get(folder));
        if (known.isPresent() && known.get().api().isServing()) {
            return known.get();
        }
        // Another program served it: it may have ended since.
        var opened = opened(folder);
        open.put(folder, opened);
        return opened;
    }

    private static Opened opened(Path folder) throws InterruptedException {
        try {
            var api = EmbeddedApi.open(folder);
            return new Opened(api, api.isServing() ? Optional.of(simulation(api)) : Optional.empty());
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    private static Simulation simulation(EmbeddedApi api) throws IOException, InterruptedException {
        try {
            var connection = new Connection(api.server(), api.token(), Optional.of(api.certificate()));
            return Simulation.start(connection, SimulationOptions.forBareApi());
        } catch (IOException | InterruptedException failed) {
            api.close();
            throw failed;
        }
    }

    /** Ends the cluster in a folder and removes what is kept of it; other files in the folder stay. */
    synchronized void delete(Path folder) {
        try {
            end(folder);
            for (var name : FILES) {
                Files.deleteIfExists(folder.resolve(name));
            }
            if (isEmpty(folder)) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException failed) {
            throw unusable(folder, failed);
        }
    }

    private void end(Path folder) throws IOException {
        var opened = Optional.ofNullable(open.remove(folder));
        if (opened.isPresent()) {
            opened.get().simulation().ifPresent(Simulation::close);
            opened.get().api().close();
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return false;
        }
        try (var content = Files.list(folder)) {
            return content.findAny().isEmpty();
        }
    }

    /** Ends all of them; what is in them stays. The end of the program does as well. */
    @Override
    public synchronized void close() {
        for (var folder : List.copyOf(open.keySet())) {
            try {
                end(folder);
            } catch (IOException failed) {
                throw unusable(folder, failed);
            }
        }
    }

    private static ProviderException unusable(Path folder, IOException failed) {
        return new ProviderException(
                Problem.of(
                                Problem.Reason.FAILED,
                                "The sandbox cluster in %s cannot be used".formatted(folder),
                                "See what is said of it; or take another folder: cluster.folder")
                        .evidence(List.of(String.valueOf(failed.getMessage()))),
                failed);
    }
}
