package io.btp.installer.engine;

import io.btp.installer.api.ProviderException;
import io.btp.installer.host.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one run at a time write: a file lock on this machine, and a lease in the installation's home once there is one.
 *
 * <p>A dead owner on the same machine is taken over at once, another when its lease has expired and it gives no sign of
 * life for longer than it renews. Ownership is judged by our own monotonic clock, from before the last renewal was sent.
 */
public final class RunLock implements Fence, AutoCloseable {
    /** After this time without renewal a lease has expired. */
    public static final Duration TERM = Duration.ofSeconds(45);

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final Duration RENEWAL = Duration.ofSeconds(10);
    /** After this time without renewal a run that lives makes no change any more. */
    static final Duration CERTAIN = Duration.ofSeconds(30);

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private final Path file;
    private final Owner owner;
    private final Pace pace;
    private final InstantSource clock;
    private final Consumer<String> listener;
    private @Nullable FileChannel channel;
    private @Nullable FileLock fileLock;
    private @Nullable Home home;
    private Optional<String> version = Optional.empty();
    private Duration certainUntil = Duration.ZERO;
    private @Nullable Thread heartbeat;

    /** Prepares a lock; holds nothing yet. */
    RunLock(Path file, Owner owner, Pace pace, InstantSource clock, Consumer<String> listener) {
        this.file = file;
        this.owner = owner;
        this.pace = pace;
        this.clock = clock;
        this.listener = listener;
    }

    /** Takes the file lock. The system releases it when the process ends, however it ends. */
    void holdHere() {
        try {
            Files.createDirectories(file.getParent());
            var opened = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var locked = tryLock(opened);
            if (locked == null) {
                opened.close();
                throw new LockLost("Another run is at work here: " + Files.readString(file)
                        + ". Wait for it, or look at btp lock show");
            }
            channel = opened;
            fileLock = locked;
            opened.truncate(0);
            opened.write(ByteBuffer.wrap(owner.words().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says who holds the file lock of this machine; empty where nobody does. Never asked by who holds it. */
    static Optional<String> holderHere(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var opened = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return tryLock(opened) == null ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel opened) throws IOException {
        try {
            return opened.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    /** Takes the lease in the home, and renews it until closed. */
    void holdIn(Home entered) throws InterruptedException {
        while (true) {
            var found = entered.lease();
            found.ifPresent(this::requireFree);
            if (found.isPresent() && !isOver(found.get()) && !givesNoSign(entered, found.get())) {
                continue;
            }
            var sent = pace.now();
            var written = entered.writeLease(lease(), found.map(Home.Document::version));
            if (written.isPresent()) {
                version = written;
                home = entered;
                extend(sent);
                heartbeat = Thread.ofVirtual().name("lease").start(this::renew);
                return;
            }
        }
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
        listener.accept(
                "The lease of " + Owner.of(lease.data()).map(Owner::words).orElse("somebody")
                        + " has expired; watching for a sign of life before taking over");
        pace.pause(SIGN_OF_LIFE);
        return entered.lease().map(Home.Document::version).equals(Optional.of(lease.version()));
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
            while (true) {
                pace.pause(RENEWAL);
                if (!renewOnce()) {
                    return;
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("lease is no longer renewed");
        }
    }

    private boolean renewOnce() throws InterruptedException {
        var sent = pace.now();
        var entered = home;
        if (entered == null) {
            return false;
        }
        try {
            var written = entered.writeLease(lease(), version);
            if (written.isEmpty()) {
                lose();
                return false;
            }
            version = written;
            extend(sent);
        } catch (ProviderException unreachable) {
            LOG.debug("lease could not be renewed", unreachable);
        }
        return true;
    }

    private synchronized void extend(Duration sent) {
        certainUntil = sent.plus(CERTAIN);
    }

    private synchronized void lose() {
        certainUntil = pace.now().minus(TERM);
    }

    @Override
    public void requireOwnership() {
        if (fileLock == null) {
            throw new IllegalStateException("a run that writes holds the lock");
        }
        if (home != null && left().isNegative()) {
            throw new LockLost("The lease could not be renewed in time, another run may own the installation");
        }
    }

    private synchronized Duration left() {
        return certainUntil.minus(pace.now());
    }

    /** Says until when changes may be made. */
    Instant permittedUntil() {
        return clock.instant().plus(home == null ? CERTAIN : left());
    }

    /** Releases what is held. The home may be gone by now. */
    @Override
    public void close() {
        var beating = heartbeat;
        if (beating != null) {
            beating.interrupt();
        }
        var entered = home;
        if (entered != null && !left().isNegative()) {
            release(entered);
        }
        home = null;
        closeFile();
    }

    private void release(Home entered) {
        var data = new HashMap<>(lease());
        data.put("released", clock.instant().toString());
        try {
            entered.writeLease(data, version);
        } catch (ProviderException gone) {
            LOG.debug("lease could not be released; it expires", gone);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
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

    private void closeFile() {
        var opened = channel;
        if (opened == null) {
            return;
        }
        try {
            opened.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
