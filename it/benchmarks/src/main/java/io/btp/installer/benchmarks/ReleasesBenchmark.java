package io.btp.installer.benchmarks;

import io.btp.installer.api.Connection;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.ClusterClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ten releases of 105 objects on an API server, from nothing and back, beside the recorded figures of Terraform. */
final class ReleasesBenchmark {
    private static final List<String> PHASES =
            List.of("plan", "install", "plan, nothing to do", "install, nothing to do", "uninstall");

    /** Terraform 1.11.4 with its providers for Helm and Kubernetes on the same charts: see the text around the table. */
    private static final Map<String, Sample> TERRAFORM = Map.of(
            "plan", new Sample(1.0, 1.2, 221),
            "install", new Sample(12.0, 1.9, 224),
            "plan, nothing to do", new Sample(1.1, 1.3, 229),
            "install, nothing to do", new Sample(1.2, 1.6, 233),
            "uninstall", new Sample(15.2, 2.5, 254));

    private static final Map<String, Double> GOALS = Map.of(
            "plan", 1.0,
            "install", 0.8,
            "plan, nothing to do", 0.75,
            "install, nothing to do", 0.75,
            "uninstall", 0.8);
    private static final double MEMORY_GOAL = 2;

    private final Path home;
    private final Path folder;
    private final Path plugins;
    private final Processes processes;
    private final Path kubeconfig;
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<String, Sample> watched = new LinkedHashMap<>();
    private final Map<String, Long> requests = new LinkedHashMap<>();

    /**
     * Prepares an installation.
     *
     * @param home the program
     * @param work an empty folder
     * @param module folder with the charts, and the plugin's jar under {@code target}
     */
    ReleasesBenchmark(Path home, Path work, Path module, Path kubeconfig) throws IOException, InterruptedException {
        this.home = home;
        this.kubeconfig = kubeconfig;
        this.folder = Files.createDirectories(work.resolve("folder"));
        this.plugins = work.resolve("plugins");
        this.processes = new Processes(
                folder,
                Map.of(
                        "HOME", work.toString(),
                        "BTP_STATE_DIR", work.resolve("state").toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "BENCH_LICENSE", "none"));
        var plugin = Files.createDirectories(plugins.resolve("bench-charts"));
        try (var jars = Files.newDirectoryStream(module.resolve("target"), "btp-benchmarks-*.jar")) {
            for (var jar : jars) {
                Files.copy(jar, plugin.resolve("bench-charts.jar"));
            }
        }
        Package.copy(module.resolve("charts"), plugin.resolve("charts"));
        processes.timed(home.resolve("bin/btp").toString(), "plugins", "trust", plugin.toString());
        Files.writeString(folder.resolve("btp.yaml"), """
                apiVersion: installer.btp/v1
                installation: {name: bench, domain: bench.btp.example}
                cluster: {mode: byo, kubeconfig: %s}
                namespaces: {platform: bench-platform, deployments: bench-deployments, dependencies: bench-deps}
                dataPlane: {postgres: {mode: bench}, redis: {mode: bench}}
                objectStore: {mode: bench}
                identity: {mode: bench}
                secrets: {mode: kubernetes}
                vault: {mode: bench}
                edge: {ingress: {mode: bench}, certificates: {mode: bench}, records: {mode: sandbox}}
                observability: {metrics: {mode: bench}, logs: {mode: bench}}
                platform:
                  chart: {file: %s/charts/settlemint}
                  license: {username: acme, password: "${env:BENCH_LICENSE}", expirationDate: "2099-12-31"}
                """.formatted(kubeconfig, module));
    }

    /** Runs all phases, in this order, one after the other. */
    void round() throws InterruptedException, IOException {
        for (var phase : PHASES) {
            samples.computeIfAbsent(phase, any -> new ArrayList<>()).add(processes.timed(command(phase)));
        }
    }

    /** Runs all phases once more to see the memory and to count requests, and proves that drift is seen. */
    void watchedRound() throws InterruptedException, IOException {
        for (var phase : PHASES) {
            if (phase.equals("uninstall")) {
                requireDriftIsSeen();
            }
            var log = folder.resolve(phase.replaceAll("\\W+", "-") + ".log");
            var command = new ArrayList<>(List.of(command(phase)));
            command.addAll(List.of("--log-file", log.toString()));
            watched.put(phase, processes.watched(command.toArray(String[]::new)));
            try (var lines = Files.lines(log)) {
                requests.put(
                        phase,
                        lines.filter(line -> line.matches(".*Transport (GET|PATCH|PUT|POST|DELETE) .*"))
                                .count());
            }
        }
    }

    private String[] command(String phase) {
        var words = new ArrayList<>(List.of(home.resolve("bin/btp").toString()));
        words.addAll(
                switch (phase) {
                    case "install", "install, nothing to do" -> List.of("install", "--yes");
                    case "uninstall" -> List.of("uninstall", "--yes", "--delete-data", "all");
                    default -> List.of("plan");
                });
        words.addAll(List.of("--plugins-dir", plugins.toString()));
        return words.toArray(String[]::new);
    }

    /** A Service that is gone and a workload that somebody scaled: Terraform sees neither. */
    private void requireDriftIsSeen() throws InterruptedException, IOException {
        try (var client = ClusterClient.open(Secret.of(Files.readString(kubeconfig)), Connection.direct())) {
            client.delete(ObjectRef.of("v1", "Service", "bench-deps", "bench-redis-metrics"));
            var vault = client.find(ObjectRef.of("apps/v1", "StatefulSet", "bench-deps", "bench-vault"))
                    .orElseThrow();
            if (!(vault.get("spec") instanceof Map<?, ?> spec)) {
                throw new IllegalStateException("a StatefulSet has a spec");
            }
            var scaled = new LinkedHashMap<Object, Object>(spec);
            scaled.put("replicas", 3);
            vault.put("spec", scaled);
            if (client.replaceUnlessChanged(vault).isEmpty()) {
                throw new IllegalStateException("somebody else changed the StatefulSet of vault");
            }
        }
        processes.ending(9, withDetailedCode());
        var plan = processes.output();
        if (!plan.contains("update release bench-deps/bench-redis")
                || !plan.contains("update release bench-deps/bench-vault")) {
            throw new IllegalStateException("the plan does not show what was changed behind its back:\n" + plan);
        }
    }

    private String[] withDetailedCode() {
        var words = new ArrayList<>(List.of(command("plan")));
        words.add("--detailed-exitcode");
        return words.toArray(String[]::new);
    }

    /** Removes what is left in the cluster. */
    void clear() throws InterruptedException {
        processes.timed(command("uninstall"));
    }

    /** Writes the table. */
    void report(Report report, Sample helmInstall, Sample helmUninstall) {
        report.table(
                "Ten releases, 105 objects",
                "command",
                "wall s",
                "wall s of Terraform, as recorded",
                "ratio",
                "processor s (Terraform)",
                "memory MiB (Terraform)",
                "requests");
        for (var phase : PHASES) {
            var own = Sample.median(samples.getOrDefault(phase, List.of()));
            var other = TERRAFORM.getOrDefault(phase, own);
            long memory = watched.getOrDefault(phase, own).memory();
            report.row(
                    phase,
                    Report.number(own.wall()),
                    Report.number(other.wall()),
                    report.atMost(phase, own.wall() / other.wall(), GOALS.getOrDefault(phase, 1.0)),
                    "%s (%s)".formatted(Report.number(own.cpu()), Report.number(other.cpu())),
                    "%d (%d)".formatted(memory, other.memory()),
                    String.valueOf(requests.getOrDefault(phase, 0L)));
        }
        var memory = watched.values().stream().mapToLong(Sample::memory).max().orElse(0);
        var peer = TERRAFORM.values().stream().mapToLong(Sample::memory).max().orElse(1);
        report.say(
                "Most memory of program and workers against most of Terraform: %s.",
                report.atMost("memory", (double) memory / peer, MEMORY_GOAL));
        report.say(
                "On this machine, in this run, Helm's library alone needs %s s (%s s of processor) to install the ten charts one"
                        + " after the other and waits for each, and %s s to remove them: the installer's install takes %s times as"
                        + " long, its uninstall %s times.",
                Report.number(helmInstall.wall()),
                Report.number(helmInstall.cpu()),
                Report.number(helmUninstall.wall()),
                Report.number(wall("install") / helmInstall.wall()),
                Report.number(wall("uninstall") / helmUninstall.wall()));
    }

    private double wall(String phase) {
        return Sample.median(samples.getOrDefault(phase, List.of())).wall();
    }
}
