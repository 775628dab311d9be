package io.btp.installer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How long a person waits for the whole screen, and what it costs: the program on a pseudo-terminal. The run that is watched is an
 * install of 200 steps in 20 s, shown again from its events.
 */
final class ScreenBenchmark {
    private static final int COMPONENTS = 20;
    private static final int STEPS = 10;
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int KEYS = 150;
    private static final long BETWEEN_KEYS = 60;
    private static final int STARTS = 7;
    private static final Pattern CPU = Pattern.compile("cpu ([0-9.]+) ([0-9.]+) ([0-9.]+)");

    private final Package programs;
    private final Path folder;
    private final Processes processes;

    ScreenBenchmark(Package programs, Path folder) {
        this.programs = programs;
        this.folder = folder;
        this.processes = new Processes(folder, Pty.variables(folder));
    }

    void run(Report report) throws InterruptedException, IOException {
        report.table("The whole screen", "what", "measured", "goal");
        var java = programs.cached().resolve("runtime/bin/java").toString();
        var alone = new ArrayList<Double>();
        for (int round = 0; round < STARTS; round++) {
            alone.add(processes.timed(java, "-version").wall() * 1000);
        }
        double version = middle(alone);
        report.row("java -version", milliseconds(version), "");
        double plain = firstFrame(programs.plain());
        report.row("first frame on a JDK", milliseconds(plain), ratio(plain, version));
        double cached = firstFrame(programs.cached());
        report.row(
                "first frame with the cache of the release",
                milliseconds(cached) + ", " + ratio(cached, version),
                report.atMost("first frame, ms", cached, 120));
        var events = Files.writeString(folder.resolve("events.ndjson"), events());
        keys(report, events);
        costs(report, events);
    }

    private static String milliseconds(double value) {
        return String.format(Locale.ROOT, "%.0f ms", value);
    }

    private static String ratio(double value, double version) {
        return Report.number(value / version) + " times java -version";
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    private double firstFrame(Path home) throws IOException, InterruptedException {
        var samples = new ArrayList<Double>();
        for (int round = 0; round < STARTS; round++) {
            var command = "exec " + Pty.quoted(List.of(home.resolve("bin/btp").toString(), "wizard", "--sandbox"));
            try (var pty = new Pty(folder, Pty.variables(folder), 80, 24, command)) {
                samples.add(pty.await("BTP installer"));
            }
        }
        return middle(samples);
    }

    private String replay(Path events, String ui) {
        return Pty.quoted(List.of(
                programs.cached().resolve("bin/btp").toString(),
                "replay",
                events.toString(),
                "--speed",
                "1",
                "--ui",
                ui));
    }

    /** Looks for a letter that nothing else on the screen has: everything else goes, and comes back when it is taken back. */
    private void keys(Report report, Path events) throws IOException, InterruptedException {
        var waits = new ArrayList<Double>();
        try (var pty = new Pty(folder, Pty.variables(folder), 200, 60, "exec " + replay(events, "full"))) {
            pty.await("log:");
            pty.type("/");
            TimeUnit.MILLISECONDS.sleep(BETWEEN_KEYS);
            for (int key = 0; key < KEYS; key++) {
                int before = pty.bytes();
                waits.add(pty.await("q", before, pty.type("q")));
                TimeUnit.MILLISECONDS.sleep(BETWEEN_KEYS / 2);
                pty.type("\u007f");
                TimeUnit.MILLISECONDS.sleep(BETWEEN_KEYS);
            }
        }
        Collections.sort(waits);
        double worst = waits.get(KEYS * 99 / 100);
        report.row(
                "key to frame at 200x60, median and 99th percentile of %d".formatted(KEYS),
                milliseconds(middle(waits)) + ", " + milliseconds(worst),
                report.atMost("key to frame, ms", worst, 20));
    }

    private void costs(Report report, Path events) throws IOException, InterruptedException {
        double seconds = STEP.toMillis() * STEPS * COMPONENTS / 1000.0;
        double[] lines = used(replay(events, "line"));
        double[] full = used(replay(events, "full"));
        report.row(
                "sent in the view of a run at 80x24",
                "%.0f bytes a second".formatted((full[1] - lines[1]) / seconds),
                report.atMost("bytes a second", (full[1] - lines[1]) / seconds, 3_000));
        double share = (full[0] - lines[0]) / seconds * 100;
        report.row(
                "processor time of it, beside the same run line by line",
                Report.number(share) + " % of one",
                report.atMost("processor, %", share, 7));
    }

    /** Gives the seconds of processor time and the bytes of a whole run. */
    private double[] used(String command) throws IOException, InterruptedException {
        var timed = "TIMEFORMAT='cpu %3U %3S %3R'; time " + command;
        try (var pty = new Pty(folder, Pty.variables(folder), 80, 24, timed)) {
            var output = pty.end();
            var cpu = CPU.matcher(output);
            if (!cpu.find()) {
                throw new IllegalStateException("no time in: " + output);
            }
            return new double[] {Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2)), pty.bytes()};
        }
    }

    private static String events() {
        var lines = new StringBuilder();
        var time = Instant.parse("2026-01-01T00:00:00Z");
        line(
                lines,
                time,
                "started",
                "\"run\":\"r\",\"command\":\"install\",\"installation\":\"bench\",\"version\":\"1\",\"sandbox\":false");
        for (int component = 0; component < COMPONENTS; component++) {
            var steps = new ArrayList<String>();
            for (int step = 0; step < STEPS; step++) {
                steps.add("{\"kind\":\"CREATE\",\"target\":\"%s\",\"impact\":\"NONE\"}"
                        .formatted(target(component, step)));
            }
            line(
                    lines,
                    time,
                    "planned",
                    "\"component\":\"slot.part%d\",\"title\":\"Part %d\",\"provider\":\"kubernetes.part\",\"steps\":[%s]"
                            .formatted(component, component, String.join(",", steps)));
        }
        for (int component = 0; component < COMPONENTS; component++) {
            for (int step = 0; step < STEPS; step++) {
                var about = "\"component\":\"slot.part%d\",\"kind\":\"CREATE\",\"target\":\"%s\""
                        .formatted(component, target(component, step));
                line(lines, time, "step-started", about);
                line(
                        lines,
                        time.plus(STEP.dividedBy(2)),
                        "step-progressed",
                        about + ",\"message\":\"%d of %d pods are ready\"".formatted(step, STEPS));
                time = time.plus(STEP);
                line(lines, time, "step-finished", about + ",\"took\":\"" + STEP + "\"");
            }
            line(lines, time, "component-converged", "\"component\":\"slot.part%d\"".formatted(component));
        }
        line(lines, time, "result", "\"exitCode\":0,\"outcome\":\"Installed\",\"problems\":[],\"next\":[],\"plan\":[]");
        return lines.toString();
    }

    private static String target(int component, int step) {
        return "Deployment bench/part-%d-%d".formatted(component, step);
    }

    private static void line(StringBuilder lines, Instant time, String type, String rest) {
        lines.append("{\"v\":1,\"type\":\"%s\",\"at\":\"%s\",%s}\n".formatted(type, time, rest));
    }
}
