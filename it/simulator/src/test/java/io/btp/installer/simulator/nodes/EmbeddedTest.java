package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.api.EmbeddedApi;
import io.btp.installer.simulator.client.Connection;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded API, with simulated controllers. */
class EmbeddedTest extends Scenarios {
    private static final SimulationOptions OPTIONS =
            SimulationOptions.forBareApi().withPorts(18_080, 18_443);

    private static EmbeddedApi api;
    private static Simulation simulation;
    private static KubernetesClient client;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, InterruptedException {
        api = EmbeddedApi.open(folder);
        simulation = simulate();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .build();
    }

    private static Simulation simulate() throws IOException, InterruptedException {
        return Simulation.start(new Connection(api.server(), api.token(), Optional.of(api.certificate())), OPTIONS);
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        simulation.close();
        api.close();
    }

    @Override
    KubernetesClient client() {
        return client;
    }

    @Override
    Web web() {
        return new Web(18_080, 18_443);
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        apply(deployment("web", 2, "nginx:1"));
        simulation.close();
        apply(deployment("web", 4, "nginx:2"));
        simulation = simulate();
        isAvailable("web");
    }
}
