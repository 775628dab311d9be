package io.btp.installer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Runs all benchmarks, prints their tables, and writes them into the documentation. */
public final class Benchmarks {
    private static final String BEGIN = "<!-- measured: begin -->\n";
    private static final String END = "<!-- measured: end -->";

    private final Path module;
    private final Path home;
    private final Path kubeconfig;
    private final Path work;
    private final int rounds;
    private final Report report = new Report();

    private Benchmarks(Path module, Path home, Path kubeconfig, Path work, int rounds) {
        this.module = module;
        this.home = home;
        this.kubeconfig = kubeconfig;
        this.work = work;
        this.rounds = rounds;
    }

    /**
     * Takes the folder of this module, the program, a kubeconfig, an empty folder, the number of rounds, the file that the
     * tables go into, and optionally the only part to run.
     */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        var benchmarks = new Benchmarks(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                Path.of(arguments[3]),
                Integer.parseInt(arguments[4]));
        var only = arguments.length > 6 ? arguments[6] : "";
        benchmarks.run(only);
        var text = benchmarks.text();
        System.out.println(text);
        if (only.isEmpty()) {
            write(Path.of(arguments[5]), text);
        }
    }

    private void run(String only) throws InterruptedException, IOException {
        if (only.isEmpty() || only.equals("engine")) {
            new EngineBenchmark(Files.createDirectories(work.resolve("engine")), rounds).run(report);
        }
        if (only.equals("engine")) {
            return;
        }
        var programs = Package.prepare(module, home, work);
        if (only.isEmpty() || only.equals("start")) {
            new StartBenchmark(programs, Files.createDirectories(work.resolve("start")), rounds).run(report);
        }
        if (only.isEmpty() || only.equals("screen")) {
            new ScreenBenchmark(programs, Files.createDirectories(work.resolve("screen")), rounds).run(report);
        }
        if (only.isEmpty() || only.equals("helm")) {
            new HelmBenchmark(programs, module, Files.createDirectories(work.resolve("helm")), rounds).run(report);
        }
        if (only.isEmpty() || only.equals("releases")) {
            releases(programs);
        }
    }

    private void releases(Package programs) throws InterruptedException, IOException {
        var alone = new Alone(programs, module, kubeconfig, Files.createDirectories(work.resolve("alone")));
        var install = alone.run("install");
        var uninstall = alone.run("uninstall");
        var releases = new ReleasesBenchmark(programs.cached(), work.resolve("releases"), module, kubeconfig);
        try {
            for (int round = 0; round < rounds; round++) {
                releases.round();
            }
            releases.watchedRound();
        } finally {
            releases.clear();
        }
        releases.report(report, install, uninstall);
    }

    private String text() throws IOException {
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ");
        var model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: *", ""))
                .findFirst()
                .orElse("unknown");
        return "%nMeasured on %s: %d processors (%s), Java %s, load at the end %s %s %s; %s. %s%n%s%n"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        model,
                        Runtime.version(),
                        load[0],
                        load[1],
                        load[2],
                        rounds == 1 ? "one round" : "medians of " + rounds + " rounds",
                        report.verdict(),
                        report.text());
    }

    private static void write(Path document, String text) throws IOException {
        var before = Files.readString(document);
        int begin = before.indexOf(BEGIN);
        int end = before.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(document + " has no place for the tables: " + BEGIN + END);
        }
        Files.writeString(document, before.substring(0, begin + BEGIN.length()) + text + before.substring(end));
    }
}
