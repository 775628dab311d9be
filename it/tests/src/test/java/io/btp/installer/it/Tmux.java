package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The packaged program on a terminal of tmux, as a person sees it, and that person's keys. The terminal stays when the program has
 * ended, so that what it left can be seen.
 */
final class Tmux implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final long GLANCE_MILLISECONDS = 30;

    /** What follows an escape sooner makes it another key. */
    private static final long ESCAPE_MILLISECONDS = 100;

    private static final Pattern EXIT = Pattern.compile("exit (\\d+)$", Pattern.MULTILINE);

    /** What the tests' own surroundings say of themselves, a build server for one, and a person's terminal does not. */
    static final List<String> NOT_OURS =
            List.of("KUBECONFIG", "CI", "ACCESSIBLE", "NO_COLOR", "SSH_CONNECTION", "TMUX", "COLUMNS", "LINES");

    private final Path tmux;
    private final Path folder;

    /** In a folder of its own, as the name of a socket is short. */
    private final Path own;

    private Tmux(Path tmux, Path folder) throws IOException {
        this.tmux = tmux;
        this.folder = folder;
        this.own = Files.createTempDirectory("btp-tmux");
    }

    /**
     * Starts the program in a folder, which holds its state, too.
     *
     * @param variables of its environment; one without a value is taken away
     * @param arguments as a shell reads them, redirections included
     */
    static Tmux run(Path folder, int columns, int rows, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        var program = Servers.program("tmux", "apt-get install tmux", Path.of("/usr/bin/tmux"));
        var terminal = new Tmux(program, folder);
        var environment = new TreeMap<String, String>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("BTP_STATE_DIR", folder.resolve("state").toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(variables);
        var script = Files.writeString(terminal.own.resolve("script"), """
                trap : INT
                stty -g >"$0.before"
                env %s sh -c 'echo $$ >"$0.pid"; exec "%s/bin/btp" %s' "$0"
                echo "exit $?"
                stty -g >"$0.ended"
                mv "$0.ended" "$0.after"
                exec cat
                """.formatted(
                        assigned(environment), Program.home(), String.join(" ", arguments)));
        terminal.tmux(
                "new-session",
                "-d",
                "-x",
                "" + columns,
                "-y",
                "" + rows,
                "-c",
                folder.toString(),
                "sh",
                script.toString());
        return terminal;
    }

    private static String assigned(Map<String, String> environment) {
        var words = new ArrayList<String>();
        environment.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .forEach(entry -> words.addAll(List.of("-u", entry.getKey())));
        environment.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .forEach(entry -> words.add("'" + entry.getKey() + "=" + entry.getValue() + "'"));
        return String.join(" ", words);
    }

    /** Types, as it is. */
    Tmux type(String text) throws IOException, InterruptedException {
        tmux("send-keys", "-l", "--", text);
        return this;
    }

    /** Presses keys, by the names that tmux has for them. */
    Tmux key(String... names) throws IOException, InterruptedException {
        for (var name : names) {
            tmux("send-keys", name);
            if (name.equals("Escape")) {
                TimeUnit.MILLISECONDS.sleep(ESCAPE_MILLISECONDS);
            }
        }
        return this;
    }

    /** Pastes, between brackets where the program wants them. */
    void paste(String text) throws IOException, InterruptedException {
        tmux(text, new String[] {"load-buffer", "-"});
        tmux("paste-buffer", "-p", "-d");
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux("resize-window", "-x", "" + columns, "-y", "" + rows);
    }

    /** Waits until words are on the screen. */
    Tmux await(String words) throws IOException, InterruptedException {
        return await("\"" + words + "\"", screen -> screen.contains(words));
    }

    /** Waits until the screen is as it should be. */
    Tmux await(String description, Predicate<String> expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (var screen = screen(); !expected.test(screen); screen = screen()) {
            assertThat(System.nanoTime())
                    .as("no %s in:%n%s", description, screen)
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(GLANCE_MILLISECONDS);
        }
        return this;
    }

    /** Waits for the end of the program. Gives its exit code. */
    int awaitExit() throws IOException, InterruptedException {
        var after = own.resolve("script.after");
        await("end", screen -> Files.exists(after) && EXIT.matcher(screen).find());
        var codes = EXIT.matcher(screen());
        return codes.results()
                .map(code -> Integer.parseInt(code.group(1)))
                .toList()
                .getLast();
    }

    /** Gives what can be seen now. */
    String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p");
    }

    /** Gives what can be seen now, with the sequences that colour it. */
    String coloured() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-e");
    }

    /** Gives what can be seen now, and what went out at the top of the normal screen. */
    String history() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-S", "-");
    }

    /** Gives what the terminal is called, which programs can change. */
    String title() throws IOException, InterruptedException {
        return tmux("display-message", "-p", "#{pane_title}").strip();
    }

    /** Sends a signal to the program alone. */
    void signal(String name) throws IOException, InterruptedException {
        var pid = Files.readString(own.resolve("script.pid")).strip();
        var sent = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start();
        assertThat(sent.waitFor()).isZero();
    }

    /** Stops the program, and waits until it has stopped. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
        var state = Path.of("/proc", Files.readString(own.resolve("script.pid")).strip(), "stat");
        await("stop", screen -> {
            try {
                return Files.readString(state).contains(") T ");
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        });
    }

    /** Writes to the terminal, as another program would. */
    void scribble(String text) throws IOException, InterruptedException {
        Files.writeString(Path.of(tty()), text, StandardOpenOption.WRITE);
    }

    /** Gives the terminal the modes of one that nobody uses, as {@code reset} does. */
    void makeSane() throws IOException, InterruptedException {
        var sane = new ProcessBuilder("stty", "sane")
                .redirectInput(Path.of(tty()).toFile())
                .start();
        assertThat(sane.waitFor()).isZero();
    }

    private String tty() throws IOException, InterruptedException {
        return tmux("display-message", "-p", "#{pane_tty}").strip();
    }

    /** The program has gone, the screen is the one that it began on, and keys mean what they meant. */
    void assertTerminalAsBefore() throws IOException, InterruptedException {
        await("end of the shell's script", screen -> Files.exists(own.resolve("script.after")));
        assertThat(own.resolve("script.after")).hasSameTextualContentAs(own.resolve("script.before"));
        assertThat(tmux("display-message", "-p", "#{alternate_on} #{cursor_flag} #{keypad_flag}"))
                .as("on the whole screen, cursor shown, keypad sends other keys")
                .isEqualTo("0 1 0\n");
        assertThat(screen()).contains("exit ").doesNotContain("F1 help");
    }

    private String tmux(String... command) throws IOException, InterruptedException {
        return tmux("", command);
    }

    private String tmux(String input, String[] command) throws IOException, InterruptedException {
        var process = process(command).start();
        try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(input);
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command[0], output).isZero();
        return output;
    }

    private ProcessBuilder process(String... command) {
        var words = new ArrayList<>(
                List.of(tmux.toString(), "-u", "-S", own.resolve("socket").toString(), "-f", "/dev/null"));
        words.addAll(Arrays.asList(command));
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BTP_") || NOT_OURS.contains(name));
        return builder;
    }

    /** Ends the server, which may have gone by itself. */
    @Override
    public void close() throws IOException, InterruptedException {
        process("kill-server").start().waitFor();
        try (var files = Files.list(own)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(own);
    }
}
