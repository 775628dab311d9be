package io.btp.installer.command;

import io.btp.installer.event.RunListener;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/** Where one run leaves its events and its debug log; the last runs are kept. */
final class RunFolder implements AutoCloseable {
    private static final int KEPT = 50;
    private static final long LOG_BYTES = 64L << 20;
    /** Held, as the logging framework forgets loggers that nobody refers to. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("io.btp.installer");

    private final Path folder;
    private final PrintStream events;
    private final FileHandler log;
    private final InstantSource clock;

    private RunFolder(Path folder, PrintStream events, FileHandler log, InstantSource clock) {
        this.folder = folder;
        this.events = events;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Opens the folder of a new run.
     *
     * @param state state folder of the installation
     * @param logFile where the debug log goes instead
     */
    static RunFolder open(Path state, String run, Optional<Path> logFile, InstantSource clock) {
        try {
            var runs = runs(state);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(runs, owner);
            prune(runs);
            var folder = Files.createDirectories(runs.resolve(run), owner);
            var events = new PrintStream(
                    Files.newOutputStream(folder.resolve("events.ndjson")), false, StandardCharsets.UTF_8);
            var log = new FileHandler(
                    logFile.orElse(folder.resolve("debug.log")).toString().replace("%", "%%"), LOG_BYTES, 1, true);
            log.setFormatter(new SimpleFormatter());
            log.setEncoding("UTF-8");
            log.setLevel(Level.FINE);
            for (var handler : ROOT.getHandlers()) {
                ROOT.removeHandler(handler);
            }
            ROOT.addHandler(log);
            OURS.setLevel(Level.FINE);
            return new RunFolder(folder, events, log, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the folder of the runs of an installation. */
    static Path runs(Path state) {
        return state.resolve("runs");
    }

    /** Runs that only looked never push out those that changed something. */
    private static void prune(Path runs) throws IOException {
        var all = PastRun.in(runs).reversed();
        var old = Stream.concat(
                        all.stream().filter(PastRun::isLook).skip(KEPT),
                        all.stream().filter(run -> !run.isLook()).skip(KEPT))
                .map(PastRun::folder)
                .toList();
        for (var folder : old) {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    /** Writes every event; a full disk does not end a run. */
    RunListener listener() {
        return new JsonLines(events, clock);
    }

    /** Gives the folder. */
    Path path() {
        return folder;
    }

    @Override
    public void close() {
        events.close();
        ROOT.removeHandler(log);
        log.close();
    }
}
