package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the installation record: in the installation's home, or in a local file while there is no cluster. */
final class Ledger {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private Optional<Home> home = Optional.empty();
    private Optional<String> version = Optional.empty();
    private Optional<InstallationRecord> latest = Optional.empty();

    /** Keeps it in this file until a home is there. */
    Ledger(Path file) {
        this.file = file;
    }

    /** Goes on in the home, and reads what is there. */
    synchronized Optional<InstallationRecord> enter(Home entered) throws InterruptedException {
        home = Optional.of(entered);
        var document = entered.record();
        version = document.map(Home.Document::version);
        if (document.isPresent()) {
            latest = Optional.of(RecordCodec.record(document.get().data(), "the cluster"));
        }
        return latest;
    }

    /** Reads the local file, which is there only while there is no cluster. */
    synchronized Optional<InstallationRecord> local() {
        if (home.isEmpty() && Files.isRegularFile(file)) {
            latest = Optional.of(RecordCodec.record(parse(), file.toString()));
        }
        return latest;
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> parse() {
        try {
            return JSON.readValue(Files.readString(file), Map.class);
        } catch (IOException unusable) {
            throw new ProviderException(unusable(unusable), unusable);
        }
    }

    private Problem unusable(IOException failure) {
        return Problem.of(
                        Problem.Reason.FAILED,
                        "The installation record in " + file + " cannot be read or written",
                        "Make its folder writable, or free space there; or set BTP_STATE_DIR to another folder")
                .evidence(List.of(failure.toString()));
    }

    /** Gives the record as it was read or written last. */
    synchronized Optional<InstallationRecord> latest() {
        return latest;
    }

    /** Writes the record where it belongs. Refuses where somebody else has written meanwhile. */
    synchronized void save(InstallationRecord record) throws InterruptedException {
        var before = latest.map(RecordCodec::data);
        latest = Optional.of(record);
        var data = RecordCodec.data(record);
        if (home.isEmpty()) {
            saveLocally(data);
            return;
        }
        var written = home.get().writeRecord(data, version);
        if (written.isEmpty()) {
            written = afterLostAnswer(home.get(), before, data);
        }
        version = written;
        if (written.isEmpty()) {
            throw new ProviderException(Problem.of(
                    Problem.Reason.CONFLICT,
                    "Somebody else has written the installation record meanwhile",
                    "Look at btp lock show, then run the same command again"));
        }
        delete();
    }

    /** A record whose answer got lost has been written all the same: then what is there is what we wrote last. */
    private static Optional<String> afterLostAnswer(
            Home home, Optional<Map<String, String>> before, Map<String, String> data) throws InterruptedException {
        var there = home.record();
        return there.isPresent() && Optional.of(there.get().data()).equals(before)
                ? home.writeRecord(data, Optional.of(there.get().version()))
                : Optional.empty();
    }

    private void saveLocally(Map<String, String> data) {
        try {
            Files.createDirectories(file.getParent());
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var draft = Files.createTempFile(file.getParent(), "record", ".json", owner);
            Files.writeString(draft, JSON.writeValueAsString(data));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unusable) {
            throw new ProviderException(unusable(unusable), unusable);
        }
    }

    /** Forgets the local file. */
    synchronized void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException unusable) {
            throw new ProviderException(unusable(unusable), unusable);
        }
    }
}
