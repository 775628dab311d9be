package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Slots;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunListener;
import io.btp.installer.host.Home;
import io.btp.installer.host.Host;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows who holds the lock of an installation, and takes it from him. */
public final class Locks {
    /** Asks the user a question that can be answered by yes or no. */
    @FunctionalInterface
    public interface Agreement {
        /** Asks. */
        boolean isGiven(String question) throws InterruptedException;
    }

    private final Host host;
    private final RunListener listener;
    private final Stop stop;
    private final Pace pace;
    private final InstantSource clock;
    private final Settings settings;
    private final Engine.Ending ending;

    Locks(
            Host host,
            RunListener listener,
            Stop stop,
            Pace pace,
            InstantSource clock,
            Settings settings,
            Engine.Ending ending) {
        this.host = host;
        this.listener = listener;
        this.stop = stop;
        this.pace = pace;
        this.clock = clock;
        this.settings = settings;
        this.ending = ending;
    }

    /** Says who holds the lock. */
    public int show(Project project) throws InterruptedException {
        var home = home(project);
        var state = home.isEmpty() ? Optional.<LockState>empty() : state(home.get());
        var words = state.isPresent()
                ? Optional.of(state.get().words())
                : new LockFile(settings.state().resolve("lock"), pace)
                        .holder()
                        .map(holder -> holder + ": alive on this machine");
        return ending.end(ExitCode.DONE, words.orElse("Nobody holds the lock"), List.of(), List.of());
    }

    private Optional<Home> home(Project project) throws InterruptedException {
        return Places.of(project, host).find(Slots.CLUSTER).map(cluster -> host.home(cluster, project.home()));
    }

    private Optional<LockState> state(Home home) throws InterruptedException {
        return home.lease().flatMap(lease -> LockState.of(lease, clock));
    }

    /**
     * Takes the lock from whoever holds it, so that his next write fails. As long as he may still think that it is his,
     * it is kept from everybody else, too.
     *
     * @param force whether he may be alive
     */
    public int take(Project project, boolean force, Agreement agreement) throws InterruptedException {
        var home = home(project);
        var state = home.isEmpty() ? Optional.<LockState>empty() : state(home.get());
        if (state.isEmpty()) {
            return ending.end(ExitCode.DONE, "Nobody holds the lock: there is nothing to break", List.of(), List.of());
        }
        if (state.get().isAlive() && !force) {
            return ending.end(ExitCode.LOCKED, "The lock was not broken", List.of(alive(state.get())), List.of());
        }
        if (!agreement.isGiven("The lock is held by " + state.get().words() + ". Break it?")) {
            return ending.end(ExitCode.INTERRUPTED, "Not confirmed; nothing was changed", List.of(), List.of());
        }
        return take(home.get(), state.get());
    }

    private int take(Home home, LockState state) throws InterruptedException {
        var taken = home.writeLease(lease(Map.of()), Optional.of(state.lease().version()));
        if (taken.isEmpty()) {
            return ending.end(ExitCode.LOCKED, "The lock changed hands meanwhile", List.of(), List.of("btp lock show"));
        }
        if (state.life() != LockState.Life.DEAD_HERE) {
            keep(RunLock.SIGN_OF_LIFE, state.owner());
        }
        home.writeLease(lease(Map.of("released", clock.instant().toString())), taken);
        return ending.end(
                ExitCode.DONE,
                "The lock of " + state.owner().words() + " is broken",
                List.of(),
                List.of("btp install"));
    }

    private void keep(Duration term, Owner loser) throws InterruptedException {
        listener.on(new RunEvent.Said(
                true,
                "Keeping the lock for " + term.toSeconds() + " s, within which run " + loser.run()
                        + " notices that it lost it"));
        stop.abandonable(() -> {
            pace.pause(term);
            return term;
        });
    }

    private Map<String, String> lease(Map<String, String> more) {
        var now = clock.instant();
        var data = new HashMap<>(
                Owner.self(settings.run(), settings.command(), now).data());
        data.put("renewed", now.toString());
        data.put("term", Long.toString(RunLock.TERM.toSeconds()));
        data.putAll(more);
        return data;
    }

    private static Problem alive(LockState state) {
        var owner = state.owner();
        return Problem.of(
                Problem.Reason.CONFLICT,
                "The lock is held by " + state.words(),
                state.life() == LockState.Life.ALIVE_HERE
                        ? "Wait for it, or end it: kill " + owner.pid()
                                + " lets it finish what is in flight. Only if that is impossible: --force"
                        : "Wait for it, or end it on " + owner.host() + ". Only if that is impossible: --force");
    }
}
