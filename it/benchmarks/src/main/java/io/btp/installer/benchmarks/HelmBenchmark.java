package io.btp.installer.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Helm in a process of its own, as the program has it, against Helm in the same process: what the safety costs. */
final class HelmBenchmark {
    private static final int CALLS = 20;
    private static final List<String> WAYS = List.of("worker", "in process");

    private final Package programs;
    private final Path module;
    private final int rounds;
    private final Processes processes;

    HelmBenchmark(Package programs, Path module, Path folder, int rounds) {
        this.programs = programs;
        this.module = module;
        this.rounds = rounds;
        this.processes = new Processes(folder, Map.of("HOME", folder.toString()));
    }

    void run(Report report) throws InterruptedException, IOException {
        report.table(
                "Helm in a worker", "rendering of a chart", "first call s", "each later call ms", "processor s in all");
        for (var way : WAYS) {
            var first = new ArrayList<Sample>();
            var later = new ArrayList<Sample>();
            for (int round = 0; round < rounds; round++) {
                var sample = processes.timed(command(way));
                var figures = processes.output().strip().split(" ");
                first.add(new Sample(Double.parseDouble(figures[0]), sample.cpu(), 0));
                later.add(new Sample(Double.parseDouble(figures[1]), sample.cpu(), 0));
            }
            report.row(
                    way,
                    Report.number(Sample.median(first).wall()),
                    Report.number(Sample.median(later).wall() * 1_000),
                    Report.number(Sample.median(first).cpu()));
        }
    }

    private String[] command(String way) throws IOException {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            Alone.classPath(programs.plain()),
            Renderings.class.getName(),
            way,
            module.resolve("charts/redis").toString(),
            String.valueOf(CALLS)
        };
    }
}
