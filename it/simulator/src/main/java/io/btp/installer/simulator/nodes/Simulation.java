package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Cluster;
import io.btp.installer.simulator.client.Connection;
import io.btp.installer.simulator.client.Controller;
import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Key;
import io.btp.installer.simulator.client.Kind;
import io.btp.installer.simulator.client.Loop;
import io.btp.installer.simulator.controllers.Controllers;
import io.btp.installer.simulator.operators.Operators;
import io.btp.installer.simulator.operators.Webhooks;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Simulated nodes and operators, and controllers where wanted, at work on a cluster until it is closed. */
public final class Simulation implements AutoCloseable {
    private static final int KUBELET_WORKERS = 4;
    /** On {@code kube-system}: tells clients that nothing real runs in the pods. */
    private static final String SIMULATED = "installer.btp/simulated";

    private final Deque<Runnable> parts = new ArrayDeque<>();

    private Simulation() {}

    /** Starts the simulation, and returns when its nodes are about to be ready. */
    public static Simulation start(Connection connection, SimulationOptions options)
            throws IOException, InterruptedException {
        var simulation = new Simulation();
        try {
            simulation.open(connection, options, InstantSource.system());
        } catch (IOException | InterruptedException e) {
            simulation.close();
            throw e;
        }
        return simulation;
    }

    private void open(Connection connection, SimulationOptions options, InstantSource clock)
            throws IOException, InterruptedException {
        var cluster = new Cluster(connection, clock);
        parts.push(cluster::close);
        cluster.patch(
                Kind.NAMESPACE,
                Key.of("kube-system"),
                Json.object("metadata", Json.object("labels", Json.object(SIMULATED, "true"))));
        var modes = new Modes(cluster);
        var routes = new Routes(cluster);
        var own = identity(clock);
        if (options.kubeletPort() != 0) {
            parts.push(new KubeletServer(cluster, options.kubeletPort(), own)::close);
        }
        run(new Nodes(cluster, options.nodes(), options.kubeletPort()));
        run(new Kubelet(cluster, modes, options.nodes(), options.pace()), KUBELET_WORKERS);
        run(new Balancer(cluster, modes));
        var answerer = new Answerer(
                routes, new Solvers(cluster), new Certificates(routes, own), options.plainPort(), options.securePort());
        parts.push(answerer::close);
        run(answerer);
        run(new Operators(cluster));
        if (options.webhooks()) {
            var webhooks = new Webhooks(cluster);
            parts.push(webhooks::close);
            run(webhooks);
        }
        if (options.controllers()) {
            run(new Scheduler(cluster, modes, options.nodes()));
            for (var controller : Controllers.of(cluster)) {
                run(controller);
            }
        }
    }

    private static Identity identity(InstantSource clock) {
        try {
            return Identity.selfSigned(clock.instant(), List.of("simulated", "localhost", "127.0.0.1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes certificates", e);
        }
    }

    private <K> void run(Controller<K> controller) throws InterruptedException {
        run(controller, 1);
    }

    private <K> void run(Controller<K> controller, int workers) throws InterruptedException {
        parts.push(Loop.start(controller, workers)::close);
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            parts.pop().run();
        }
    }
}
