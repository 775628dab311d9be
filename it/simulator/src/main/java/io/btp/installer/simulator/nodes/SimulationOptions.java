package io.btp.installer.simulator.nodes;

import java.time.Duration;
import java.util.Set;

/**
 * What the simulation plays.
 *
 * @param nodes the names of the nodes
 * @param pace the time from one stage of a pod's life to the next
 * @param kubeletPort the loopback port at which an API server finds the pods' logs; 0 for none
 * @param controllers whether to play controller manager and scheduler too, for an API that has none
 * @param webhooks whether to answer for admission webhooks at their Services' addresses, for an API that calls them
 * @param plainPort the port of Ingresses for HTTP
 * @param securePort the port of Ingresses for HTTPS
 */
public record SimulationOptions(
        Set<String> nodes,
        Duration pace,
        int kubeletPort,
        boolean controllers,
        boolean webhooks,
        int plainPort,
        int securePort) {

    public SimulationOptions {
        nodes = Set.copyOf(nodes);
        if (pace.isNegative() || pace.isZero()) {
            throw new IllegalArgumentException("pace must be positive: " + pace);
        }
    }

    /** For an API server with its own controllers and scheduler, which calls webhooks and kubelets. */
    public static SimulationOptions forControlPlane(int kubeletPort) {
        return new SimulationOptions(
                Set.of("simulated-0", "simulated-1"), Duration.ofMillis(150), kubeletPort, false, true, 80, 443);
    }

    /** For an API with nothing behind it. */
    public static SimulationOptions forBareApi() {
        return new SimulationOptions(
                Set.of("simulated-0", "simulated-1"), Duration.ofMillis(150), 0, true, false, 80, 443);
    }

    /** Gives the same with other ports for Ingresses, where those below 1024 cannot be had. */
    public SimulationOptions withPorts(int plain, int secure) {
        return new SimulationOptions(nodes, pace, kubeletPort, controllers, webhooks, plain, secure);
    }

    public SimulationOptions withPace(Duration other) {
        return new SimulationOptions(nodes, other, kubeletPort, controllers, webhooks, plainPort, securePort);
    }
}
