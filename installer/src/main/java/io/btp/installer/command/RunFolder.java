package io.btp.installer.command;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.event.RunListener;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where one run leaves its events and its debug log; the last runs are kept. A disk that gets full does not end a run. */
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
     * @param complaints are told, once each, that the events or the log cannot be written any more
     * @throws ProviderException if there is no folder to write to
     * @throws Misused if the log file cannot be opened
     */
    static RunFolder open(
            Path state, String run, Optional<Path> logFile, InstantSource clock, Consumer<String> complaints) {
        Path folder;
        PrintStream events;
        try {
            var runs = runs(state);
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(runs, owner);
            prune(runs);
            folder = Files.createDirectories(runs.resolve(run), owner);
            var file = PastRun.events(folder);
            var watched = new Watched(
                    Files.newOutputStream(file),
                    failure -> complaints.accept("The events of this run cannot be written to " + file
                            + ", which history and replay will miss: " + reason(failure)));
            events = new PrintStream(watched, false, StandardCharsets.UTF_8);
        } catch (IOException | UncheckedIOException unusable) {
            throw new ProviderException(unusable(state, unusable), unusable);
        }
        var log = log(logFile, folder, complaints);
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        ROOT.addHandler(log);
        OURS.setLevel(Level.FINE);
        return new RunFolder(folder, events, log, clock);
    }

    private static Problem unusable(Path state, Exception failure) {
        return Problem.of(
                        Problem.Reason.FAILED,
                        "The state folder " + state + " cannot be written to, which holds the lock and what a run did",
                        "Make it writable, or free space there; or set BTP_STATE_DIR to another folder")
                .evidence(List.of(reason(failure)));
    }

    private static String reason(Exception failure) {
        var cause = failure.getCause();
        return (cause == null ? failure : cause).toString().replaceFirst("^java\\.(io|nio\\.file)\\.", "");
    }

    private static FileHandler log(Optional<Path> logFile, Path folder, Consumer<String> complaints) {
        var file = logFile.orElse(folder.resolve("debug.log"));
        try {
            var log = new FileHandler(file.toString().replace("%", "%%"), LOG_BYTES, 1, true);
            log.setErrorManager(new Complaining(file, complaints));
            log.setFormatter(new SimpleFormatter());
            log.setEncoding("UTF-8");
            log.setLevel(Level.FINE);
            return log;
        } catch (IOException unusable) {
            var words = "The log file " + file + " cannot be written: " + reason(unusable);
            if (logFile.isPresent()) {
                throw new Misused(words + ". Name another one with --log-file", List.of());
            }
            throw new ProviderException(unusable(folder, unusable), unusable);
        }
    }

    /** Says once, in a sentence, what the logging framework would say in a stack trace. */
    private static final class Complaining extends ErrorManager {
        private final Path file;
        private final Consumer<String> complaints;
        private final AtomicBoolean isTold = new AtomicBoolean();

        Complaining(Path file, Consumer<String> complaints) {
            this.file = file;
            this.complaints = complaints;
        }

        @Override
        public void error(@Nullable String message, @Nullable Exception failure, int code) {
            if (isTold.compareAndSet(false, true)) {
                var why = failure == null ? String.valueOf(message) : reason(failure);
                complaints.accept("The debug log cannot be written to " + file + ": " + why);
            }
        }
    }

    /** Tells the first failure to write; those who print do not hear of it. */
    private static final class Watched extends FilterOutputStream {
        private final Consumer<IOException> complaints;
        private final AtomicBoolean isTold = new AtomicBoolean();

        Watched(OutputStream target, Consumer<IOException> complaints) {
            super(target);
            this.complaints = complaints;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException failure) {
                if (isTold.compareAndSet(false, true)) {
                    complaints.accept(failure);
                }
                throw failure;
            }
        }
    }

    /** Gives the folder of the runs of an installation. */
    static Path runs(Path state) {
        return state.resolve("runs");
    }

    /** Runs that only looked never push out those that changed something. */
    static void prune(Path runs) throws IOException {
        var all = PastRun.in(runs).reversed();
        var old = Stream.concat(
                        all.stream().filter(PastRun::isLook).skip(KEPT),
                        all.stream().filter(run -> !run.isLook()).skip(KEPT))
                .map(PastRun::folder)
                .toList();
        for (var folder : old) {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (NoSuchFileException gone) {
            OURS.fine(() -> "a run that began at the same moment has removed " + folder);
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
