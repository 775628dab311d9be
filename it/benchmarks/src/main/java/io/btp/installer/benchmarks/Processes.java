package io.btp.installer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs processes and measures them: time by the shell, which counts ended children, memory by {@code /proc}. */
final class Processes {
    private static final int LONGEST_MINUTES = 10;
    private static final int BETWEEN_LOOKS_MILLIS = 30;
    private static final String TIMED = "TIMEFORMAT='%3R %3U %3S'; time \"$@\" </dev/null >\"$OUTPUT\" 2>&1";

    private final Path folder;
    private final Map<String, String> variables;

    /**
     * Prepares.
     *
     * @param folder working folder of all runs
     * @param variables what they find in their environment, beside the path
     */
    Processes(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = Map.copyOf(variables);
    }

    /** Runs and takes the time. */
    Sample timed(String... command) throws InterruptedException {
        return run(false, 0, command);
    }

    /** Runs and looks at the memory again and again, which takes time. */
    Sample watched(String... command) throws InterruptedException {
        return run(true, 0, command);
    }

    /** Runs what ends with this exit code. */
    Sample ending(int code, String... command) throws InterruptedException {
        return run(false, code, command);
    }

    /** Gives what the last run printed. */
    String output() {
        return read(outputFile());
    }

    private Path outputFile() {
        return folder.resolve("output.txt");
    }

    private Sample run(boolean watched, int expected, String... command) throws InterruptedException {
        var all = new ArrayList<>(List.of("bash", "-c", TIMED, "timed"));
        all.addAll(List.of(command));
        var builder = new ProcessBuilder(all).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(variables);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("OUTPUT", outputFile().toString());
        try {
            var process = builder.start();
            long most = watched ? watch(process) : 0;
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                throw new IllegalStateException("still running: " + List.of(command));
            }
            var words = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (process.exitValue() != expected) {
                throw new IllegalStateException("%s ended with %d, expected %d:%n%s%s"
                        .formatted(List.of(command), process.exitValue(), expected, output(), words));
            }
            var times = words.lines().toList().getLast().split(" ");
            return new Sample(
                    Double.parseDouble(times[0]), Double.parseDouble(times[1]) + Double.parseDouble(times[2]), most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long watch(Process process) throws InterruptedException {
        long most = 0;
        while (!process.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
            most = Math.max(
                    most, process.descendants().mapToLong(Processes::kibibytes).sum());
        }
        return most / 1024;
    }

    /** Gives the proportional set size: pages that several processes share count once. */
    private static long kibibytes(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException nothing) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
