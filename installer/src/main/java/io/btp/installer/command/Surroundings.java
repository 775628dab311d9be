package io.btp.installer.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the program finds around it.
 *
 * @param variables environment variables
 * @param folder working directory
 * @param output standard output
 * @param messages standard error
 * @param terminal whether a person can be asked
 * @param clock time of day
 * @param random for run ids
 * @param program folder of the packaged program
 * @param version of the program
 */
public record Surroundings(
        Map<String, String> variables,
        Path folder,
        PrintStream output,
        PrintStream messages,
        boolean terminal,
        InstantSource clock,
        RandomGenerator random,
        Path program,
        String version) {
    /** Finds them for the program that runs here. */
    static Surroundings ofThisProcess() {
        var version = Optional.ofNullable(Surroundings.class.getPackage().getImplementationVersion());
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.console() != null && System.console().isTerminal(),
                InstantSource.system(),
                () -> Chance.SECURE.nextLong(),
                Path.of(System.getProperty("btp.home", ".")).toAbsolutePath(),
                version.orElse("development"));
    }

    /** Made when it is needed: it looks for its providers first, which takes longer than the first frame. */
    private static final class Chance {
        private static final SecureRandom SECURE = new SecureRandom();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Gives standard output as a page. */
    Page outputPage(CommonOptions.Color color) {
        return page(output, color, 1);
    }

    /** Gives standard error as a page. */
    Page messagesPage(CommonOptions.Color color) {
        return page(messages, color, 2);
    }

    /**
     * Gives a stream as a page.
     *
     * @param descriptor of what it leads to in the end
     */
    Page page(PrintStream stream, CommonOptions.Color color, int descriptor) {
        return new Page(stream, columns(), isColoured(color, descriptor));
    }

    private int columns() {
        var given = Optional.ofNullable(variables.get("COLUMNS")).filter(text -> text.matches("[1-9]\\d{1,3}"));
        return given.map(Integer::parseInt).orElse(Page.USUAL_COLUMNS);
    }

    /** Tells whether what is printed for people is coloured. */
    boolean isColoured(CommonOptions.Color color) {
        return isColoured(color, 1);
    }

    private boolean isColoured(CommonOptions.Color color, int descriptor) {
        return switch (color) {
            case always -> true;
            case never -> false;
            case auto ->
                terminal
                        && !variables.containsKey("NO_COLOR")
                        && !"dumb".equals(variables.get("TERM"))
                        && isTerminal(descriptor);
        };
    }

    /** Either stream may lead into a file while the other leads to the terminal. */
    private static boolean isTerminal(int descriptor) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .startsWith("/dev");
        } catch (IOException elsewhere) {
            return false;
        }
    }

    PrintWriter outputWriter() {
        return new PrintWriter(output, true, StandardCharsets.UTF_8);
    }

    PrintWriter messagesWriter() {
        return new PrintWriter(messages, true, StandardCharsets.UTF_8);
    }

    /** Gives the user's home folder. */
    Path home() {
        return Path.of(Optional.ofNullable(variables.get("HOME")).orElse("."));
    }

    /** Gives the folder for logs, events, locks and records of this machine. */
    Path state() {
        return Optional.ofNullable(variables.get("BTP_STATE_DIR"))
                .map(Path::of)
                .orElseGet(() -> folder("XDG_STATE_HOME", ".local/state"));
    }

    /** Gives the folder for what can be fetched again. */
    Path cache() {
        return folder("XDG_CACHE_HOME", ".cache");
    }

    /** Gives the user's folder of third-party plugins. */
    Path userPlugins() {
        return folder("XDG_CONFIG_HOME", ".config").resolve("plugins");
    }

    /** Gives the user's list of trusted plugins. */
    Path trustList() {
        return folder("XDG_CONFIG_HOME", ".config").resolve("trust.json");
    }

    private Path folder(String variable, String usual) {
        return Optional.ofNullable(variables.get(variable))
                .map(Path::of)
                .orElseGet(() -> home().resolve(usual))
                .resolve("btp");
    }
}
