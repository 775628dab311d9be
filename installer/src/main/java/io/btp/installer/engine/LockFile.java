package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file that one process at a time holds, with who holds it written in it. The system releases it when the process
 * ends, however it ends; what is written in it stays.
 */
final class LockFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS = 100;
    private static final String UNKNOWN = "a run that has not said yet who it is";

    private final Path file;
    private final Pace pace;
    private @Nullable FileChannel held;

    LockFile(Path file, Pace pace) {
        this.file = file;
        this.pace = pace;
    }

    /** Takes it, unless somebody who lives holds it. */
    void hold(Owner owner) throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            if (isTakenBy(owner)) {
                return;
            }
            living().ifPresent(other -> {
                throw new LockLost(words(other.words()));
            });
            pace.pause(LOOK);
        }
        throw new LockLost(words(UNKNOWN));
    }

    private static String words(String who) {
        return "Another run is at work here: " + who + ". Wait for it, or look at btp lock show";
    }

    private boolean isTakenBy(Owner owner) {
        try {
            Files.createDirectories(file.getParent());
            var opened = open(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isLocked(opened)) {
                held = opened;
                opened.truncate(0);
                opened.write(
                        ByteBuffer.wrap(JSON.writeValueAsString(owner.data()).getBytes(StandardCharsets.UTF_8)));
                return true;
            }
            opened.close();
            return false;
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    private ProviderException unusable(IOException failure) {
        return new ProviderException(
                Problem.of(
                                Problem.Reason.FAILED,
                                "The lock file " + file + " cannot be used",
                                "Make its folder writable, or free space there; or set BTP_STATE_DIR to another folder")
                        .evidence(List.of(failure.toString())),
                failure);
    }

    private FileChannel open(StandardOpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    private static boolean isLocked(FileChannel opened) throws IOException {
        try {
            return opened.tryLock() != null;
        } catch (OverlappingFileLockException sameProcess) {
            return false;
        }
    }

    boolean isHeld() {
        return held != null;
    }

    /** Says who holds it; empty where nobody does. Never asked by who holds it. */
    Optional<String> holder() throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            if (isFree()) {
                return Optional.empty();
            }
            var holder = living();
            if (holder.isPresent()) {
                return holder.map(Owner::words);
            }
            pace.pause(LOOK);
        }
        return Optional.of(UNKNOWN);
    }

    private boolean isFree() {
        if (!Files.exists(file)) {
            return true;
        }
        try (var opened = open(StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return isLocked(opened);
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    /** Who has just taken it writes his name a moment later: until then the file is empty, or names somebody dead. */
    private Optional<Owner> living() {
        return written().filter(owner -> !owner.isHere() || owner.isAlive());
    }

    @SuppressWarnings("unchecked")
    private Optional<Owner> written() {
        try {
            return Owner.of(JSON.readValue(Files.readString(file), Map.class));
        } catch (JacksonException incomplete) {
            return Optional.empty();
        } catch (IOException unusable) {
            throw unusable(unusable);
        }
    }

    @Override
    public void close() {
        var opened = held;
        held = null;
        if (opened == null) {
            return;
        }
        try (opened) {
            opened.truncate(0);
        } catch (IOException unusable) {
            LOG.debug("the lock file could not be emptied; it is free all the same", unusable);
        }
    }
}
