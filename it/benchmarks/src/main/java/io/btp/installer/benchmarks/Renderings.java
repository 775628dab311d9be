package io.btp.installer.benchmarks;

import com.marcnuri.helm.Helm;
import io.btp.installer.host.helm.worker.Order;
import io.btp.installer.host.helm.worker.WorkerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Renders a chart again and again, and prints the seconds of the first call and the mean of the later ones. */
public final class Renderings {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    /** A worker works on an order only as long as it was told that it may. */
    private static final int PERMIT_MILLIS = 60_000;

    private Renderings() {}

    /** Renders once. */
    @FunctionalInterface
    private interface Way {
        void render() throws IOException;
    }

    /** Takes the way ({@code worker} or {@code in process}), a chart, and how many calls. */
    public static void main(String[] arguments) throws IOException {
        var chart = Path.of(arguments[1]);
        int calls = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("worker")) {
            inWorker(chart, calls);
        } else {
            measure(
                    calls,
                    () -> new Helm(chart)
                            .template()
                            .withName("one")
                            .withNamespace("two")
                            .call());
        }
    }

    /** As the program starts one; the time of its start is part of the first call. */
    private static void inWorker(Path chart, int calls) throws IOException {
        var folder = Files.createTempDirectory("renderings");
        var order = new Order(
                Order.Operation.TEMPLATE,
                "two",
                "one",
                chart.toString(),
                Map.of(),
                Optional.empty(),
                Optional.of("v1.35.4"),
                "",
                60);
        long since = System.nanoTime();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
                        "-Djava.io.tmpdir=" + folder,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerMain.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var orders = process.outputWriter(StandardCharsets.UTF_8);
                var replies = process.inputReader(StandardCharsets.UTF_8)) {
            Way way = () -> {
                orders.write(PERMIT_MILLIS + "\n" + MAPPER.writeValueAsString(order) + "\n");
                orders.flush();
                require(replies);
            };
            way.render();
            var first = (System.nanoTime() - since) / 1e9;
            print(first, later(calls, way));
        }
        try (var left = Files.walk(folder)) {
            left.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        process.onExit().join();
    }

    private static void require(BufferedReader replies) throws IOException {
        var reply = replies.readLine();
        if (reply == null || !reply.contains("kind: StatefulSet")) {
            throw new IllegalStateException("the worker did not render: " + reply);
        }
    }

    private static void measure(int calls, Way way) throws IOException {
        long since = System.nanoTime();
        way.render();
        print((System.nanoTime() - since) / 1e9, later(calls, way));
    }

    private static double later(int calls, Way way) throws IOException {
        long since = System.nanoTime();
        for (int call = 0; call < calls; call++) {
            way.render();
        }
        return (System.nanoTime() - since) / 1e9 / calls;
    }

    private static void print(double first, double later) {
        System.out.println(first + " " + later);
    }
}
