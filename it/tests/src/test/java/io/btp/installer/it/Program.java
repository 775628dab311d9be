package io.btp.installer.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program, run as a user runs it: a process in a working folder of its own. */
public final class Program {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LONGEST_MINUTES = 10;

    private final Path home;
    private final Path folder;
    private final boolean alone;
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> prefix = new ArrayList<>();

    /** Runs in this working folder, which holds the state, too. */
    public Program(Path folder) {
        this(home(), folder, false);
    }

    private Program(Path home, Path folder, boolean alone) {
        this.home = home;
        this.folder = folder;
        this.alone = alone;
        variables.put("BTP_STATE_DIR", folder.resolve("state").toString());
        variables.put("COLUMNS", "1000");
    }

    /** Gives the program of a package unpacked elsewhere, run in an empty environment. */
    public static Program alone(Path home, Path folder) {
        return new Program(home, folder, true).with("HOME", folder.toString());
    }

    /** Sets an environment variable for all runs. */
    public Program with(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Puts a command before the program's own, for all runs. */
    public Program within(List<String> command) {
        prefix.addAll(command);
        return this;
    }

    /**
     * What a run left.
     *
     * @param code exit code, 137 where it was killed
     * @param output standard output
     * @param messages standard error
     */
    public record Result(int code, String output, String messages) {
        /** Gives the events of a run with {@code --output json}. */
        public List<JsonNode> events() {
            return output.lines()
                    .filter(line -> line.startsWith("{"))
                    .map(Program::event)
                    .toList();
        }

        /** Gives what the steps of a plan are, as {@code component: kind target}. */
        public List<String> planned() {
            var steps = new ArrayList<String>();
            for (var event : events()) {
                if (event.path("type").asString().equals("planned")) {
                    event.path("steps")
                            .forEach(step -> steps.add(event.path("component").asString() + ": "
                                    + step.path("kind").asString() + " "
                                    + step.path("target").asString()));
                }
            }
            return steps;
        }

        /** Everything that was printed, for the description of an assertion. */
        public String words() {
            return "exit " + code + "\n" + output + "\n" + messages;
        }
    }

    private static JsonNode event(String line) {
        return JSON.readTree(line);
    }

    /** Runs to the end. */
    public Result run(String... arguments) {
        return watch(process -> event -> {}, arguments);
    }

    /** Gives what hears the events of a process that has just been started. */
    @FunctionalInterface
    public interface Watcher {
        Consumer<JsonNode> of(Process process);
    }

    /** Runs to the end, or until the watcher kills it. Events are there with {@code --output json} only. */
    public Result watch(Watcher watcher, String... arguments) {
        var errors = folder.resolve("stderr-" + System.nanoTime());
        try {
            var process = start(errors, arguments);
            var hears = watcher.of(process);
            var output = new StringBuilder();
            try (var lines = new BufferedReader(
                    new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.append(line).append('\n');
                    if (line.startsWith("{") && line.endsWith("}")) {
                        hears.accept(event(line));
                    }
                }
            }
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + LONGEST_MINUTES + " minutes: " + List.of(arguments));
            }
            var result = new Result(process.exitValue(), output.toString(), Files.readString(errors));
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("tests are not interrupted", e);
        }
    }

    private Process start(Path errors, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(home.resolve("bin/btp").toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> alone || name.startsWith("BTP_") || name.equals("KUBECONFIG"));
        if (!alone) {
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        }
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Gives the folder of the packaged program. */
    public static Path home() {
        var home = Path.of(System.getProperty("btp.home", "../../distribution/target/btp"))
                .toAbsolutePath()
                .normalize();
        if (!Files.isExecutable(home.resolve("bin/btp"))) {
            throw new AssertionError("the program is not packaged in " + home + "; run mvn verify, not mvn test");
        }
        return home;
    }

    /** Gives the working folder. */
    public Path folder() {
        return folder;
    }
}
