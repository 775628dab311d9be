package io.btp.installer.simulator.nodes;

import io.btp.installer.simulator.client.Connection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Runs a simulation as a process until it is ended by SIGTERM. */
public final class SimulatorMain {
    private static final Set<String> NAMES = Set.of("--kubeconfig", "--kubelet-port", "--plain-port", "--secure-port");

    private SimulatorMain() {}

    /** Usage: {@code --kubeconfig FILE [--kubelet-port PORT] [--plain-port PORT] [--secure-port PORT] [--controllers]}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var given = options(List.of(arguments));
        var kubeconfig = given.get("--kubeconfig");
        if (kubeconfig == null) {
            throw new IllegalArgumentException("--kubeconfig FILE is missing: a kubeconfig in JSON with a token");
        }
        var port = Integer.parseInt(given.getOrDefault("--kubelet-port", "0"));
        var options = given.containsKey("--controllers")
                ? SimulationOptions.forBareApi()
                : SimulationOptions.forControlPlane(port);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
        try (var _ = Simulation.start(
                Connection.kubeconfig(Path.of(kubeconfig)),
                options.withPorts(
                        Integer.parseInt(given.getOrDefault("--plain-port", "80")),
                        Integer.parseInt(given.getOrDefault("--secure-port", "443"))))) {
            ended.await();
        }
    }

    private static Map<String, String> options(List<String> arguments) {
        var options = new HashMap<String, String>();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var name = rest.next();
            if (name.equals("--controllers")) {
                options.put(name, "");
            } else if (NAMES.contains(name) && rest.hasNext()) {
                options.put(name, rest.next());
            } else {
                throw new IllegalArgumentException("unknown option, or one without its value: " + name);
            }
        }
        return options;
    }
}
