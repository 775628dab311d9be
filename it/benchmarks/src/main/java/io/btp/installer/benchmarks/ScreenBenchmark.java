package io.btp.installer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The whole screen, on a terminal that is looked at from the other side: when it is there, what keys wait for, what a run costs. */
final class ScreenBenchmark {
    private static final int STARTS = 5;
    private static final double FIRST_FRAME_MILLIS = 120;
    private static final double KEY_MILLIS = 20;
    private static final double KILOBYTES_PER_SECOND = 3;
    private static final double PERCENT = 7;

    private static final int ECHOES = 200;
    private static final String WIZARD = "wizard";
    private static final int SETTLING_SECONDS = 3;
    private static final int WATCHED_SECONDS = 14;

    /** Down and up again among a component and its ten steps, which are done by then: nothing but a key moves the mark. */
    private static final int STOPS = 10;

    private static final String UP = "\u001bOA";
    private static final String DOWN = "\u001bOB";
    private static final String MARK = "▸";
    private static final int LEAST_PAUSE_MILLIS = 10;
    private static final int MOST_PAUSE_MILLIS = 90;

    private final Package programs;
    private final Path folder;
    private final int rounds;
    private final Random random = new Random(1);
    private int terminals;

    /** What a program used while it was looked at. */
    private record Use(double seconds, double cpu, double bytes) {}

    ScreenBenchmark(Package programs, Path folder, int rounds) {
        this.programs = programs;
        this.folder = folder;
        this.rounds = rounds;
    }

    void run(Report report) throws InterruptedException, IOException {
        starts(report);
        var events = Recording.write(folder.resolve("events.ndjson"));
        report.table(
                "The screen of a run with %d steps, ten a second".formatted(Recording.STEPS),
                "what",
                "figure, and goal");
        keys(report, events);
        use(report, events);
    }

    private void starts(Report report) throws InterruptedException, IOException {
        report.table(
                "From a command to its first words on a terminal of 80x24",
                "command",
                "ms, best",
                "times java -version",
                "processor ms",
                "ms with the cache, best",
                "times java -version",
                "processor ms with the cache",
                "goal with the cache");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var alone = starts("version \"", new ArrayList<>(), java, "-version");
        double least = middle(alone);
        report.row("java -version", cell(alone), "1.00", "", "", "", "", "");
        start(report, least, "btp version", "btp ", "btp", "version");
        start(report, least, "btp plugins list", "sandbox", "btp", "plugins", "list");
        start(report, least, "btp wizard --sandbox, the screen taken", "[?1049h", "btp", WIZARD, "--sandbox");
        start(report, least, "btp wizard --sandbox, its first frame", "leave", "btp", WIZARD, "--sandbox");
    }

    private void start(Report report, double least, String name, String words, String... command)
            throws InterruptedException, IOException {
        var processor = new ArrayList<Double>();
        var plain = starts(words, processor, of(programs.plain(), command));
        var processorCached = new ArrayList<Double>();
        var cached = starts(words, processorCached, of(programs.cached(), command));
        report.row(
                name,
                cell(plain),
                Report.number(middle(plain) / least),
                processor.isEmpty() ? "" : Report.number(middle(processor)),
                cell(cached),
                Report.number(middle(cached) / least),
                processorCached.isEmpty() ? "" : Report.number(middle(processorCached)),
                name.endsWith("first frame")
                        ? report.atMost("milliseconds to the first frame", middle(cached), FIRST_FRAME_MILLIS)
                        : "");
    }

    private static String[] of(Path home, String... command) {
        var words = command.clone();
        words[0] = words[0].replaceFirst("^btp$", home.resolve("bin/btp").toString());
        return words;
    }

    private static String cell(List<Double> figures) {
        return Report.number(middle(figures)) + ", " + Report.number(Collections.min(figures));
    }

    /** What stays when its words have come can be asked for its processor time. */
    private List<Double> starts(String words, List<Double> processor, String... command)
            throws InterruptedException, IOException {
        var figures = new ArrayList<Double>();
        for (int round = 0; round < rounds * STARTS; round++) {
            try (var terminal = terminal(80, 24, command)) {
                figures.add(terminal.await(words));
                if (List.of(command).contains(WIZARD)) {
                    processor.add(terminal.cpu() * 1_000);
                }
            }
        }
        return figures;
    }

    private Pty terminal(int columns, int rows, String... command) throws InterruptedException, IOException {
        var own = Files.createDirectories(folder.resolve("terminal-" + ++terminals));
        var variables = new HashMap<>(Map.of("HOME", own.toString(), "BTP_STATE_DIR", own.toString()));
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        return new Pty(own, variables, columns, rows, command);
    }

    private Pty replay(Path events, String ui, int columns, int rows) throws InterruptedException, IOException {
        var program = programs.cached().resolve("bin/btp").toString();
        var terminal = terminal(columns, rows, program, "replay", events.toString(), "--ui", ui, "--speed", "1");
        terminal.await("part-000");
        TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
        return terminal;
    }

    private void keys(Report report, Path events) throws InterruptedException, IOException {
        var middles = new ArrayList<Double>();
        var slowest = new ArrayList<Double>();
        int pressed = 0;
        for (int round = 0; round < rounds; round++) {
            var figures = keys(events);
            middles.add(middle(figures));
            slowest.add(slowest(figures));
            pressed += figures.size();
        }
        report.row(
                "from a key to its frame at 200x60, half of %d keys within".formatted(pressed),
                Report.number(middle(middles)) + " ms");
        report.row("99 of 100 keys that `cat` alone gives back within", Report.number(echo()) + " ms");
        report.row(
                "99 of 100 keys within; best round " + Report.number(Collections.min(slowest)) + " ms",
                "ms: " + report.atMost("milliseconds from a key to its frame", middle(slowest), KEY_MILLIS));
    }

    /** What the other side of the terminal, and whatever else this machine does, take of the time of a key. */
    private double echo() throws InterruptedException, IOException {
        var figures = new ArrayList<Double>();
        try (var terminal = terminal(200, 60, "sh", "-c", "stty -icanon -echo; echo here; exec cat")) {
            terminal.await("here");
            for (int key = 0; key < ECHOES; key++) {
                TimeUnit.MILLISECONDS.sleep(random.nextLong(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
                figures.add(terminal.press("x", "x"));
            }
        }
        return slowest(figures);
    }

    private static double slowest(List<Double> figures) {
        return figures.stream().sorted().toList().get((int) Math.ceil(figures.size() * 0.99) - 1);
    }

    private List<Double> keys(Path events) throws InterruptedException, IOException {
        var figures = new ArrayList<Double>();
        try (var terminal = replay(events, "full", 200, 60)) {
            terminal.press(DOWN, MARK);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WATCHED_SECONDS);
            for (int key = 0; System.nanoTime() < end; key++) {
                TimeUnit.MILLISECONDS.sleep(random.nextLong(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS));
                figures.add(terminal.press(key / STOPS % 2 == 0 ? DOWN : UP, MARK));
            }
        }
        return figures;
    }

    private void use(Report report, Path events) throws InterruptedException, IOException {
        var kilobytes = new ArrayList<Double>();
        var percent = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            var full = use(events, "full");
            var plain = use(events, "plain");
            kilobytes.add(full.bytes() / full.seconds() / 1_000);
            percent.add(100 * (full.cpu() / full.seconds() - plain.cpu() / plain.seconds()));
        }
        report.row(
                "sent at 80x24",
                "KB/s: " + report.atMost("KB a second sent to the terminal", middle(kilobytes), KILOBYTES_PER_SECOND));
        report.row(
                "processor time at 80x24, more than line by line",
                "% of one: " + report.atMost("% of a processor for the screen of a run", middle(percent), PERCENT));
    }

    private Use use(Path events, String ui) throws InterruptedException, IOException {
        try (var terminal = replay(events, ui, 80, 24)) {
            long since = System.nanoTime();
            double cpu = terminal.cpu();
            int bytes = terminal.bytes();
            TimeUnit.SECONDS.sleep(WATCHED_SECONDS);
            double used = terminal.cpu() - cpu;
            return new Use((System.nanoTime() - since) / 1e9, used, terminal.bytes() - bytes);
        }
    }

    private static double middle(List<Double> figures) {
        return figures.stream().sorted().toList().get((figures.size() - 1) / 2);
    }
}
