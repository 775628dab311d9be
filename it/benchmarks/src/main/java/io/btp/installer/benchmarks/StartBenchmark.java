package io.btp.installer.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** How long the program takes until it has something to say; with and without the cache, and with many plugins. */
final class StartBenchmark {
    private static final int PLUGINS = 50;
    private static final int ROUNDS = 3;

    private final Package programs;
    private final Path folder;
    private final int rounds;
    private final Processes processes;

    StartBenchmark(Package programs, Path folder, int rounds) {
        this.programs = programs;
        this.folder = folder;
        this.rounds = rounds * ROUNDS;
        this.processes = new Processes(
                folder,
                Map.of(
                        "HOME", folder.toString(),
                        "BTP_STATE_DIR", folder.resolve("state").toString(),
                        "JAVA_HOME", System.getProperty("java.home")));
    }

    void run(Report report) throws InterruptedException, IOException {
        var plugins = plugins();
        report.table(
                "Start",
                "command",
                "wall s",
                "wall s with the cache",
                "processor s",
                "processor s with the cache",
                "memory MiB",
                "memory MiB with the cache");
        row(report, "btp version", "version");
        row(report, "the first line of btp plan on the sandbox", "plan", "--sandbox");
        row(report, "btp plan on the sandbox, to its end", "plan", "--sandbox");
        row(report, "btp plugins list", "plugins", "list");
        row(
                report,
                "btp plugins list with %d more plugins".formatted(PLUGINS),
                "plugins",
                "list",
                "--plugins-dir",
                plugins);
    }

    private void row(Report report, String name, String... arguments) throws InterruptedException {
        var first = name.startsWith("the first line");
        var plain = sample(programs.plain(), first, arguments);
        var cached = sample(programs.cached(), first, arguments);
        report.row(
                name,
                Report.number(plain.wall()),
                Report.number(cached.wall()),
                Report.number(plain.cpu()),
                Report.number(cached.cpu()),
                String.valueOf(plain.memory()),
                String.valueOf(cached.memory()));
    }

    private Sample sample(Path home, boolean first, String... arguments) throws InterruptedException {
        var command = new ArrayList<String>();
        if (first) {
            command.addAll(List.of("bash", "-c", "\"$@\" 2>&1 | { read -r line; echo \"$line\"; }", "first"));
        }
        command.add(home.resolve("bin/btp").toString());
        command.addAll(List.of(arguments));
        var words = command.toArray(String[]::new);
        var watched = processes.watched(words);
        var samples = new ArrayList<Sample>();
        for (int round = 0; round < rounds; round++) {
            var sample = processes.timed(words);
            samples.add(new Sample(sample.wall(), sample.cpu(), watched.memory()));
        }
        return Sample.median(samples);
    }

    /** Packs plugins without a provider, as authors pack theirs, and has each trusted. */
    private String plugins() throws IOException, InterruptedException {
        var all = Files.createDirectories(folder.resolve("plugins"));
        var type = Nothing.class.getName();
        for (int index = 0; index < PLUGINS; index++) {
            var directory = Files.createDirectories(all.resolve("bench-" + index));
            var manifest = new Manifest();
            var attributes = manifest.getMainAttributes();
            attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            attributes.putValue("Btp-Plugin-Name", "bench-" + index);
            attributes.putValue("Btp-Plugin-Version", "1.0.0");
            attributes.putValue("Btp-Api-Version", "1.0");
            try (var file = Files.newOutputStream(directory.resolve("plugin.jar"));
                    var jar = new JarOutputStream(file, manifest);
                    var code = Nothing.class.getResourceAsStream("Nothing.class")) {
                if (code == null) {
                    throw new IllegalStateException("a class is there with its code");
                }
                jar.putNextEntry(new JarEntry(type.replace('.', '/') + ".class"));
                code.transferTo(jar);
                jar.putNextEntry(new JarEntry("META-INF/services/io.btp.installer.api.Plugin"));
                jar.write(type.getBytes(StandardCharsets.UTF_8));
            }
            processes.timed(programs.plain().resolve("bin/btp").toString(), "plugins", "trust", directory.toString());
        }
        return all.toString();
    }
}
