package io.btp.installer.engine;

import io.btp.installer.event.Durations;
import io.btp.installer.host.Home;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Who holds the lease of an installation, and whether he lives.
 *
 * @param lease as it was read
 * @param owner who holds it
 * @param life whether he lives
 * @param silence since his last sign of life
 */
record LockState(Home.Document lease, Owner owner, Life life, Duration silence) {
    /** Whether the holder of a lease lives. */
    enum Life {
        /** His process is on this machine. */
        ALIVE_HERE,
        /** His process was on this machine, and is no more. */
        DEAD_HERE,
        /** He is on another machine, and has renewed within the term. */
        ALIVE_ELSEWHERE,
        /** He is on another machine, and should have renewed long ago. */
        SILENT
    }

    /** Reads who holds it; empty where nobody does. */
    static Optional<LockState> of(Home.Document lease, InstantSource clock) {
        return lease.data().containsKey("released")
                ? Optional.empty()
                : Owner.of(lease.data()).map(owner -> of(lease, owner, clock));
    }

    private static LockState of(Home.Document lease, Owner owner, InstantSource clock) {
        var renewed = Instant.parse(lease.data().getOrDefault("renewed", "1970-01-01T00:00:00Z"));
        var silence = Duration.between(renewed, clock.instant());
        return new LockState(lease, owner, life(owner, silence), silence.isNegative() ? Duration.ZERO : silence);
    }

    private static Life life(Owner owner, Duration silence) {
        if (owner.isHere()) {
            return owner.isAlive() ? Life.ALIVE_HERE : Life.DEAD_HERE;
        }
        return silence.compareTo(RunLock.TERM) < 0 ? Life.ALIVE_ELSEWHERE : Life.SILENT;
    }

    /** Tells whether he may still be at work. */
    boolean isAlive() {
        return life == Life.ALIVE_HERE || life == Life.ALIVE_ELSEWHERE;
    }

    /** Says who it is and whether he lives. */
    String words() {
        return owner.words() + ": "
                + switch (life) {
                    case ALIVE_HERE -> "alive on this machine";
                    case DEAD_HERE -> "orphaned, its process is dead; the next run takes over at once";
                    case ALIVE_ELSEWHERE -> "alive, it gave a sign of life " + ago();
                    case SILENT ->
                        "orphaned, it gave no sign of life for " + Durations.words(silence)
                                + "; the next run takes over";
                };
    }

    private String ago() {
        return Durations.words(silence) + " ago";
    }
}
