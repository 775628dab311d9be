package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program on a terminal of its own (the pseudo-terminal of {@code script}), and a person before it who types when a
 * prompt is there.
 */
final class Terminal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Writer keys;
    private final StringBuilder screen = new StringBuilder();
    private int read;

    private Terminal(Process process) {
        this.process = process;
        this.keys = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::watch);
    }

    /** Starts the program with these arguments in a folder, which holds its state, too. */
    static Terminal run(Path folder, Map<String, String> variables, String... arguments) throws IOException {
        var script = Servers.program("script", "apt-get install bsdutils", Path.of("/usr/bin/script"));
        var command = Program.home().resolve("bin/btp") + " " + String.join(" ", arguments);
        var builder = new ProcessBuilder(
                        script.toString(), "--quiet", "--return", "--flush", "--command", command, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("BTP_") || Tmux.NOT_OURS.contains(name));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("BTP_STATE_DIR", folder.resolve("state").toString());
        builder.environment().put("TERM", "xterm");
        builder.environment().putAll(variables);
        return new Terminal(builder.start());
    }

    private void watch() {
        try (var output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int next = output.read(); next >= 0; next = output.read()) {
                synchronized (screen) {
                    screen.append((char) next);
                    screen.notifyAll();
                }
            }
        } catch (IOException gone) {
            // What was on the screen is kept.
        }
    }

    /** Waits until a prompt appears after what was answered last, and types a line. */
    Terminal answer(String prompt, String line) throws IOException, InterruptedException {
        return await(prompt).type(line);
    }

    /** Types a line. */
    Terminal type(String line) throws IOException {
        keys.write(line + "\n");
        keys.flush();
        return this;
    }

    /** Waits until words appear after what was answered last. */
    Terminal await(String words) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (screen) {
            while (screen.indexOf(words, read) < 0) {
                long left = deadline - System.nanoTime();
                assertThat(left).as("no \"" + words + "\" after:\n" + screen).isPositive();
                TimeUnit.NANOSECONDS.timedWait(screen, left);
            }
            read = screen.indexOf(words, read) + words.length();
        }
        return this;
    }

    /** Waits for the end. Gives the exit code. */
    int end() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(screen())
                .isTrue();
        return process.exitValue();
    }

    /** Gives everything that was on the screen. */
    String screen() {
        synchronized (screen) {
            return screen.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
