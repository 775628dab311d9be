package io.btp.installer.command;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.ExitCode;
import io.btp.installer.engine.InstallationRecord;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The runs of an installation: those in its record, and those whose folder is on this machine. */
final class History {
    private static final int SHOWN = 20;

    private History() {}

    /** Tells the runs, oldest first; those that only looked are for who wants everything. */
    static int tell(Session session, RunListener listener, boolean everything) throws InterruptedException {
        var runs = new LinkedHashMap<String, RunEvent.Ran>();
        for (var run : PastRun.in(session.runs())) {
            if (!run.id().equals(session.run()) && (everything || !run.isLook())) {
                runs.put(run.id(), run.event());
            }
        }
        record(session, listener)
                .ifPresent(record -> record.runs()
                        .forEach(run -> runs.merge(run.id(), event(run), (here, noted) -> merged(here, noted))));
        var shown = last(runs.values(), everything);
        shown.forEach(listener::on);
        var next = shown.isEmpty()
                ? List.<String>of()
                : List.of("btp history " + shown.getLast().run());
        listener.on(new RunEvent.Finished(ExitCode.DONE, words(shown.size(), runs.size()), List.of(), next));
        return ExitCode.DONE;
    }

    private static String words(int shown, int all) {
        if (all == 0) {
            return "No runs";
        }
        return shown < all ? "The last " + shown + " of " + all + " runs" : all == 1 ? "1 run" : all + " runs";
    }

    /** Runs of other machines are in the record only; without it, those of this one are better than nothing. */
    private static Optional<InstallationRecord> record(Session session, RunListener listener)
            throws InterruptedException {
        try {
            return session.engine().record(session.project());
        } catch (ProviderException unreachable) {
            listener.on(new RunEvent.Said(
                    true,
                    "The record cannot be read, so that only runs of this machine are shown: "
                            + unreachable.problem().root().summary()));
            return Optional.empty();
        }
    }

    private static RunEvent.Ran event(InstallationRecord.Run run) {
        var ended = run.outcome() < 0 ? Optional.<Integer>empty() : Optional.of(run.outcome());
        return new RunEvent.Ran(
                run.id(),
                run.command(),
                run.who(),
                run.began(),
                ended.map(code -> Duration.between(run.began(), run.ended())),
                ended,
                false);
    }

    /** This machine knows best how a run of its own ended; the record, who started it. */
    private static RunEvent.Ran merged(RunEvent.Ran here, RunEvent.Ran noted) {
        return new RunEvent.Ran(
                here.run(),
                here.command(),
                noted.who().or(here::who),
                here.began(),
                here.took(),
                here.exitCode(),
                true);
    }

    private static List<RunEvent.Ran> last(Collection<RunEvent.Ran> runs, boolean everything) {
        var sorted =
                runs.stream().sorted(Comparator.comparing(RunEvent.Ran::began)).toList();
        return everything ? sorted : sorted.subList(Math.max(0, sorted.size() - SHOWN), sorted.size());
    }

    /**
     * Finds the events of a run.
     *
     * @param id of the run, or how it begins
     * @throws Misused if it is none, or not clear which
     */
    static Path events(Path runs, String id) {
        var meant =
                PastRun.in(runs).stream().filter(run -> run.id().startsWith(id)).toList();
        if (meant.size() != 1) {
            throw new Misused(
                    meant.isEmpty() ? "There is no run " + id + " on this machine" : "Several runs begin with " + id,
                    List.of(Problem.of(
                            Problem.Reason.NOT_FOUND,
                            "Runs of this machine are kept in " + runs,
                            "See btp history; the events of a run stay on the machine that it ran on")));
        }
        return PastRun.events(meant.getFirst().folder());
    }
}
