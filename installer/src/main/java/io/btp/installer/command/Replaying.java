package io.btp.installer.command;

import io.btp.installer.api.Problem;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.engine.Pace;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Shows a saved run again, in the words or lines that it is asked for. */
final class Replaying {
    private static final String NO_END = "The run has no end: it was killed, or it still runs";
    private static final int NO_CODE = -1;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Surroundings surroundings;
    private final OutputOptions options;
    private final Clock clock;
    private int unknown;
    private boolean ended;
    private Optional<RunListener> screen = Optional.empty();

    /**
     * Shows runs.
     *
     * @param speed how much faster than they happened; 0 at once
     */
    Replaying(Surroundings surroundings, OutputOptions options, double speed) {
        this.surroundings = surroundings;
        this.options = options;
        this.clock = new Clock(speed);
    }

    /** Time as it passed when the run was made, from one event on to the next one as fast as it is shown. */
    private static final class Clock implements Pace {
        private final Pace real = Pace.real();
        private final double speed;
        private Instant start = Instant.MIN;
        private Instant last = Instant.MIN;
        private Duration since = Duration.ZERO;

        Clock(double speed) {
            this.speed = speed;
        }

        /** Waits until this moment is there. */
        void at(Instant time) throws InterruptedException {
            if (speed > 0 && !start.equals(Instant.MIN)) {
                var left = Duration.between(start, time).minus(now());
                if (left.isPositive()) {
                    var most = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
                    real.pause(Duration.ofNanos((long) (most.toNanos() / speed)));
                }
            }
            synchronized (this) {
                start = start.equals(Instant.MIN) ? time : start;
                last = time;
                since = real.now();
            }
        }

        @Override
        public synchronized Duration now() {
            if (start.equals(Instant.MIN)) {
                return Duration.ZERO;
            }
            var passed = (long) (real.now().minus(since).toNanos() * speed);
            return Duration.between(start, last).plusNanos(passed);
        }

        @Override
        public void pause(Duration duration) {
            throw new IllegalStateException("nothing waits while a run is shown again");
        }
    }

    /**
     * Shows the events of a file.
     *
     * @return the exit code
     * @throws Misused with the line that cannot be read
     */
    int run(Path file) {
        try {
            return shown(file);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } finally {
            screen.ifPresent(RunListener::close);
        }
    }

    private int shown(Path file) throws InterruptedException {
        try (var lines = Files.newBufferedReader(file)) {
            int number = 1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var next = line;
                lines.mark(1);
                var isLast = lines.read() < 0;
                if (!isLast) {
                    lines.reset();
                }
                line(file, number++, next, isLast);
            }
        } catch (IOException unreadable) {
            throw new Misused(
                    file + " cannot be read",
                    List.of(Problem.of(
                            Problem.Reason.NOT_FOUND,
                            "There is no text in UTF-8 to be read in " + file + ": "
                                    + unreadable.getClass().getSimpleName(),
                            "Name a file of events, such as events.ndjson of a run")));
        }
        if (!ended) {
            tell(new RunEvent.Finished(NO_CODE, NO_END, List.of(), List.of()));
        }
        if (unknown > 0) {
            surroundings.messages().println(unknown + " events of a later program were left out");
        }
        return ExitCode.DONE;
    }

    private void line(Path file, int number, String line, boolean isLast) throws InterruptedException {
        try {
            var read = EventReader.read(line);
            if (read.isEmpty()) {
                unknown++;
                return;
            }
            clock.at(read.get().at());
            ended = read.get().event() instanceof RunEvent.Finished;
            if (options.isJson()) {
                surroundings.output().println(line);
            } else {
                tell(read.get().event());
            }
        } catch (EventReader.Unreadable damaged) {
            if (isLast && number > 1 && !line.endsWith("}")) {
                surroundings.messages().println("The last line is cut off: the run was killed while it wrote it");
                return;
            }
            throw new Misused(
                    "The events cannot be shown",
                    List.of(Problem.of(
                            Problem.Reason.INVALID,
                            file + ":" + number + ": " + damaged.words(),
                            "Name a file of events that this or an older program wrote")));
        }
    }

    private void tell(RunEvent event) {
        if (screen.isEmpty()) {
            screen = Optional.of(screen(event));
        }
        screen.get().on(event);
    }

    /** The command that was run says what its result was. Only who asks for the whole screen waits for what happened to happen. */
    private RunListener screen(RunEvent first) {
        var command = first instanceof RunEvent.Started started ? started.command() : "";
        var asked = TextLines.Asked.by(command);
        var renderer = new Renderer(surroundings, options);
        return options.ui == OutputOptions.Ui.full
                ? renderer.of(asked, options.verbose, clock)
                : renderer.lines(asked, options.verbose, clock);
    }
}
