package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one run at a time write: a file lock on this machine, and a lease in the installation's home once there is one.
 *
 * <p>A dead owner on the same machine is taken over at once, another when its lease has expired and it gives no sign of
 * life for longer than it is certain of its lease, so that no two clocks have to agree. Certainty is judged from before
 * the last renewal was sent, by a clock that nobody sets and by one that goes on while the machine sleeps; who is not
 * certain any more asks: a lease that can still be renewed was nobody else's meanwhile.
 */
public final class RunLock implements Fence, AutoCloseable {
    /** After this time without renewal a lease has expired. */
    public static final Duration TERM = Duration.ofSeconds(45);

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int ATTEMPTS = 4;

    /** After this time without renewal a run that lives makes no change any more. */
    static final Duration CERTAIN = Duration.ofSeconds(30);

    /** Calls in flight end a little later than certainty. */
    static final Duration SIGN_OF_LIFE = CERTAIN.plusSeconds(5);

    private final LockFile file;
    private final Owner owner;
    private final Pace pace;
    private final InstantSource clock;
    private final Consumer<String> listener;
    private final ReentrantLock renewal = new ReentrantLock();
    private volatile @Nullable Home home;
    private Optional<String> version = Optional.empty();
    private Duration certainUntil = Duration.ZERO;
    private Instant certainUntilInstant = Instant.MIN;
    private Optional<String> successor = Optional.empty();
    private @Nullable Thread heartbeat;

    /** Prepares a lock; holds nothing yet. */
    RunLock(Path file, Owner owner, Pace pace, InstantSource clock, Consumer<String> listener) {
        this.file = new LockFile(file, pace);
        this.owner = owner;
        this.pace = pace;
        this.clock = clock;
        this.listener = listener;
    }

    /** Takes the file lock. The system releases it when the process ends, however it ends. */
    void holdHere() throws InterruptedException {
        file.hold(owner);
    }

    /** Takes the lease in the home, and renews it until closed. */
    void holdIn(Home entered) throws InterruptedException {
        int unanswered = 0;
        while (true) {
            var found = entered.lease();
            // A request whose answer did not arrive may have been done.
            boolean isOurs = found.filter(lease -> isOf(lease, owner.run())).isPresent();
            if (found.isPresent() && !isOurs) {
                requireFree(found.get());
                if (!isOver(found.get()) && !givesNoSign(entered, found.get())) {
                    continue;
                }
            }
            var sent = pace.now();
            var sentAt = clock.instant();
            try {
                version = entered.writeLease(lease(), found.map(Home.Document::version));
            } catch (ProviderException failed) {
                if (!isOfThisMoment(failed) || ++unanswered == ATTEMPTS) {
                    throw failed;
                }
                LOG.debug("lease could not be written", failed);
                pace.pause(AGAIN.multipliedBy(unanswered));
                continue;
            }
            if (version.isPresent()) {
                home = entered;
                extend(sent, sentAt);
                // Not a virtual thread: whatever else blocks must not delay it.
                heartbeat = Thread.ofPlatform().daemon().name("lease").start(this::renew);
                return;
            }
        }
    }

    private static boolean isOfThisMoment(ProviderException failed) {
        var reason = failed.problem().reason();
        return reason == Problem.Reason.TRANSIENT || reason == Problem.Reason.UNREACHABLE;
    }

    /** Tells whether the lease is held. */
    boolean isIn() {
        return home != null;
    }

    /** Refuses where the owner is known to live, or has renewed within the term. */
    private void requireFree(Home.Document lease) {
        var other = Owner.of(lease.data());
        if (other.isEmpty() || isReleased(lease)) {
            return;
        }
        if (other.get().isHere()) {
            if (other.get().isAlive()) {
                throw new LockLost("Another run owns this installation: "
                        + other.get().words() + ", alive. Wait for it, or stop it");
            }
            return;
        }
        if (clock.instant().isBefore(renewed(lease).plus(TERM))) {
            throw new LockLost("Another run owns this installation: "
                    + other.get().words() + ", last sign of life " + renewed(lease) + ". If it is gone, its lease ends "
                    + renewed(lease).plus(TERM));
        }
    }

    private static boolean isReleased(Home.Document lease) {
        return lease.data().containsKey("released");
    }

    private boolean isOver(Home.Document lease) {
        var other = Owner.of(lease.data());
        if (other.isEmpty() || isReleased(lease)) {
            return true;
        }
        if (other.get().isHere()) {
            listener.accept("Taking over from " + other.get().words() + ", which is dead");
            return true;
        }
        return false;
    }

    private boolean givesNoSign(Home entered, Home.Document lease) throws InterruptedException {
        var words = Owner.of(lease.data()).map(Owner::words).orElse("somebody");
        listener.accept("The lease of " + words + " has expired; watching for a sign of life for "
                + SIGN_OF_LIFE.toSeconds() + " s before taking over");
        pace.pause(SIGN_OF_LIFE);
        var now = entered.lease();
        if (now.map(Home.Document::version).equals(Optional.of(lease.version()))) {
            return true;
        }
        if (now.isPresent()
                && !isReleased(now.get())
                && isOf(now.get(), lease.data().getOrDefault("run", ""))) {
            throw new LockLost("Another run owns this installation: " + words
                    + ", alive: it has just renewed its lease. Its clock and the one of this machine differ");
        }
        return false;
    }

    private static boolean isOf(Home.Document lease, String run) {
        return run.equals(lease.data().get("run"));
    }

    private static Instant renewed(Home.Document lease) {
        return Instant.parse(lease.data().getOrDefault("renewed", "1970-01-01T00:00:00Z"));
    }

    private Map<String, String> lease() {
        var data = new HashMap<>(owner.data());
        data.put("renewed", clock.instant().toString());
        data.put("term", Long.toString(TERM.toSeconds()));
        return data;
    }

    private void renew() {
        try {
            do {
                pace.pause(RENEWAL);
            } while (renewOnce());
        } catch (InterruptedException closed) {
            LOG.debug("lease is no longer renewed");
        }
    }

    /** Renews the lease; gives false where it is somebody else's. */
    private boolean renewOnce() throws InterruptedException {
        renewal.lockInterruptibly();
        try {
            var sent = pace.now();
            var sentAt = clock.instant();
            var entered = home;
            if (entered == null || successor().isPresent()) {
                return false;
            }
            if (!write(entered, lease())) {
                lose(entered);
                return false;
            }
            extend(sent, sentAt);
        } catch (ProviderException unreachable) {
            LOG.debug("lease could not be renewed", unreachable);
        } finally {
            renewal.unlock();
        }
        return true;
    }

    /** Writes the lease, unless somebody else has. An answer that did not arrive leaves a version that is still ours. */
    private boolean write(Home entered, Map<String, String> data) throws InterruptedException {
        var written = entered.writeLease(data, version);
        if (written.isEmpty()) {
            var found = entered.lease().filter(lease -> isOf(lease, owner.run()));
            written =
                    found.isPresent() ? entered.writeLease(data, found.map(Home.Document::version)) : Optional.empty();
        }
        version = written.isPresent() ? written : version;
        return written.isPresent();
    }

    private synchronized void extend(Duration sent, Instant sentAt) {
        certainUntil = sent.plus(CERTAIN);
        certainUntilInstant = sentAt.plus(CERTAIN);
    }

    private void lose(Home entered) throws InterruptedException {
        lost("somebody else");
        entered.lease()
                .flatMap(lease -> Owner.of(lease.data()))
                .map(Owner::words)
                .ifPresent(this::lost);
    }

    private synchronized void lost(String words) {
        successor = Optional.of(words);
    }

    private synchronized Optional<String> successor() {
        return successor;
    }

    @Override
    public void requireOwnership() throws InterruptedException {
        if (!file.isHeld()) {
            throw new IllegalStateException("a run that writes holds the lock");
        }
        if (home != null && !left().isPositive()) {
            renewOnce();
            if (!left().isPositive()) {
                throw new LockLost(successor()
                        .map(words -> "This installation was taken over by " + words)
                        .orElse("The lease could not be renewed in time, another run may own the installation"));
            }
        }
    }

    /** Says how much longer changes may be made. */
    synchronized Duration left() {
        if (successor.isPresent()) {
            return Duration.ZERO;
        }
        if (home == null) {
            return CERTAIN;
        }
        var byPace = certainUntil.minus(pace.now());
        var byClock = Duration.between(clock.instant(), certainUntilInstant);
        return byPace.compareTo(byClock) < 0 ? byPace : byClock;
    }

    /** Releases what is held. The home may be gone by now. */
    @Override
    public void close() {
        var entered = home;
        leave();
        if (entered != null && successor().isEmpty()) {
            release(entered);
        }
        file.close();
    }

    private void release(Home entered) {
        var data = new HashMap<>(lease());
        data.put("released", clock.instant().toString());
        renewal.lock();
        try {
            write(entered, data);
        } catch (ProviderException gone) {
            LOG.debug("lease could not be released; it expires", gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            renewal.unlock();
        }
    }

    /** The home was dissolved by this run: there is no lease left to release. */
    void leave() {
        var beating = heartbeat;
        if (beating != null) {
            beating.interrupt();
        }
        home = null;
    }
}
