package io.btp.installer.command;

import io.btp.installer.event.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run whose folder is on this machine.
 *
 * @param folder its folder
 * @param first its first event
 */
record PastRun(Path folder, EventReader.Read first) {
    /** Commands that look and do nothing. */
    private static final Set<String> LOOKS = Set.of("plan", "check", "status", "verify", "history", "lock show");

    /** Gives the runs in a folder of runs, oldest first; what is no run is left out. */
    static List<PastRun> in(Path runs) {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs)) {
            return folders.map(PastRun::of)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(run -> run.first().at()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<PastRun> of(Path folder) {
        var file = events(folder);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (var lines = Files.newBufferedReader(file)) {
            var line = lines.readLine();
            return line == null
                    ? Optional.empty()
                    : EventReader.read(line)
                            .filter(read -> read.event() instanceof RunEvent.Started)
                            .map(read -> new PastRun(folder, read));
        } catch (IOException | EventReader.Unreadable damaged) {
            return Optional.empty();
        }
    }

    /** Gives the file with the events of a run. */
    static Path events(Path folder) {
        return folder.resolve("events.ndjson");
    }

    private RunEvent.Started started() {
        return (RunEvent.Started) first.event();
    }

    /** Gives its id. */
    String id() {
        return started().run();
    }

    /** Tells whether it only looked. */
    boolean isLook() {
        return isLook(started().command());
    }

    static boolean isLook(String command) {
        return LOOKS.contains(command);
    }

    /** Gives it as an event. */
    RunEvent.Ran event() {
        var end = end();
        return new RunEvent.Ran(
                id(),
                started().command(),
                Optional.of(owner()),
                first.at(),
                end.map(read -> Duration.between(first.at(), read.at())),
                end.map(read -> ((RunEvent.Finished) read.event()).exitCode()),
                true);
    }

    private Optional<EventReader.Read> end() {
        try (var lines = Files.lines(events(folder))) {
            var line = lines.filter(it -> it.contains("\"type\":\"result\"")).reduce((one, other) -> other);
            return line.isEmpty()
                    ? Optional.empty()
                    : EventReader.read(line.get()).filter(read -> read.event() instanceof RunEvent.Finished);
        } catch (IOException | UncheckedIOException | EventReader.Unreadable damaged) {
            return Optional.empty();
        }
    }

    private String owner() {
        try {
            return Files.getOwner(folder).getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
