package io.btp.installer.benchmarks;

import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.engine.Engine;
import io.btp.installer.engine.Member;
import io.btp.installer.engine.Pace;
import io.btp.installer.engine.Project;
import io.btp.installer.engine.Settings;
import io.btp.installer.engine.Stop;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The engine alone, warmed up, on providers that do nothing but take time. */
final class EngineBenchmark {
    private static final int STEPS_EACH = 100;
    private static final int WIDTH = 10;
    private static final int WARM_UPS = 8;
    private static final double LONGEST_SECONDS = 1;
    private static final double LINEAR = 12;
    private static final double OVERHEAD = 1.05;

    private final Path folder;
    private final int rounds;
    private int runs;

    /** What a component publishes. */
    record Done(String what) {}

    EngineBenchmark(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    void run(Report report) throws InterruptedException, IOException {
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
            graph(1_000);
        }
        report.table("The engine alone", "install of", "seconds", "goal");
        var seconds = new LinkedHashMap<Integer, Double>();
        for (var steps : List.of(1_000, 10_000, 100_000)) {
            seconds.put(steps, best(steps));
        }
        report.row("1,000 steps", Report.number(seconds.getOrDefault(1_000, 0.0)), "");
        report.row(
                "10,000 steps",
                Report.number(seconds.getOrDefault(10_000, 0.0)),
                report.atMost("10,000 steps", seconds.getOrDefault(10_000, 0.0), LONGEST_SECONDS));
        var growth = seconds.getOrDefault(100_000, 0.0) / seconds.getOrDefault(10_000, 1.0);
        report.row(
                "100,000 steps",
                Report.number(seconds.getOrDefault(100_000, 0.0)),
                "linear, as often as long as 10,000: " + report.atMost("100,000 steps against 10,000", growth, LINEAR));
        simulated(report);
    }

    private double best(int steps) throws InterruptedException, IOException {
        var best = Double.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            best = Math.min(best, graph(steps));
        }
        return best;
    }

    /** Components in layers, each needs two of the layer before. */
    private double graph(int steps) throws InterruptedException, IOException {
        var members = new ArrayList<Member<?, ?>>(List.of(cluster()));
        var before = List.<Slot<?>>of(Slots.CLUSTER);
        int made = 0;
        while (made < steps) {
            var layer = new ArrayList<Slot<?>>();
            for (int index = 0; index < WIDTH && made < steps; index++, made += STEPS_EACH) {
                var slot = Slot.of("graph.c" + members.size(), Done.class, "component " + members.size());
                var after = List.of(
                        Slots.CLUSTER, before.get(index % before.size()), before.get((index + 1) % before.size()));
                members.add(member(slot, Set.copyOf(after), java.util.Collections.nCopies(STEPS_EACH, Duration.ZERO)));
                layer.add(slot);
            }
            before = layer;
        }
        return install(members, 4);
    }

    /** The shape of a platform's installation: what takes long is known, so what the engine adds is, too. */
    private void simulated(Report report) throws InterruptedException, IOException {
        var lengths = Map.of(
                "namespaces", 200L,
                "operator", 1_500L,
                "database", 2_500L,
                "cache", 1_800L,
                "store", 2_200L,
                "identity", 3_000L,
                "ingress", 2_000L,
                "certificates", 1_200L,
                "platform", 2_400L);
        var needs = Map.of(
                "namespaces", List.<String>of(),
                "operator", List.of("namespaces"),
                "database", List.of("operator"),
                "cache", List.of("namespaces"),
                "store", List.of("namespaces"),
                "identity", List.of("database"),
                "ingress", List.of("namespaces"),
                "certificates", List.of("ingress"),
                "platform", List.of("database", "cache", "store", "identity", "ingress", "certificates"));
        var critical = path("platform", lengths, needs) / 1_000.0;
        var worst = 0.0;
        for (int round = 0; round < rounds; round++) {
            var members = new ArrayList<Member<?, ?>>(List.of(cluster()));
            lengths.forEach(
                    (name, millis) -> members.add(simulated(name, millis, needs.getOrDefault(name, List.of()))));
            worst = Math.max(worst, install(members, 16) / critical);
        }
        report.row(
                "a simulated platform, critical path of %s s".formatted(Report.number(critical)),
                Report.number(worst * critical),
                "wall over critical path: " + report.atMost("wall over critical path", worst, OVERHEAD));
    }

    private static Member<?, ?> simulated(String name, long millis, List<String> needs) {
        var after = new java.util.HashSet<Slot<?>>(Set.of(Slots.CLUSTER));
        needs.forEach(need -> after.add(Slot.of("graph." + need, Done.class, need)));
        var half = Duration.ofMillis(millis / 2);
        return member(Slot.of("graph." + name, Done.class, name), after, List.of(half, half));
    }

    private static long path(String name, Map<String, Long> lengths, Map<String, List<String>> needs) {
        return lengths.getOrDefault(name, 0L)
                + needs.getOrDefault(name, List.of()).stream()
                        .mapToLong(need -> path(need, lengths, needs))
                        .max()
                        .orElse(0);
    }

    private static Member<?, ?> member(Slot<Done> slot, Set<Slot<?>> after, List<Duration> lengths) {
        return Member.of(new Work<>(slot, after, lengths, new Done(slot.path())), Map.of());
    }

    private static Member<?, ?> cluster() {
        var record = new Cluster(
                "uid-1",
                "bench",
                URI.create("https://127.0.0.1:1"),
                Secret.of("kubeconfig"),
                "v1.35.4",
                Optional.empty(),
                Cluster.Identities.PLAIN,
                true);
        return Member.of(new Work<>(Slots.CLUSTER, Set.of(), List.of(), record), Map.of());
    }

    private double install(List<Member<?, ?>> members, int parallelism) throws InterruptedException, IOException {
        var state = Files.createDirectories(folder.resolve("run-" + ++runs));
        var settings = new Settings("run", "install", "0.1.0", state, parallelism, Map.of(), Map.of(), true, Set.of());
        var project = new Project(
                MemoryHost.INSTALLATION,
                "home",
                members,
                List.of(),
                List.of(),
                List.of(),
                "answers: 1",
                answers -> members,
                List.of());
        try (var host = new MemoryHost()) {
            var engine = new Engine(
                    host, event -> {}, new Stop(), Pace.real(), InstantSource.system(), settings, records -> List.of());
            long since = System.nanoTime();
            int code = engine.install(project, plan -> true, Optional.empty());
            var seconds = (System.nanoTime() - since) / 1e9;
            if (code != 0) {
                throw new IllegalStateException("the engine ended with " + code);
            }
            return seconds;
        }
    }
}
