package io.btp.installer.wizard;

import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a draft between an interrupted wizard and the next one. */
public final class Drafts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    /**
     * Keeps it in a file.
     *
     * @param file in the state folder, one for each answers file
     */
    public Drafts(Path file) {
        this.file = file;
    }

    /** Gives the draft that was kept; empty where there is none, or none that can be read. */
    public Optional<Draft> kept() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Draft.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Keeps a draft instead of the one before.
     *
     * @throws ProviderException if it cannot be written
     */
    public void keep(Draft draft) {
        try {
            var folder = file.toAbsolutePath().getParent();
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var next = Files.createTempFile(folder, "draft", ".json");
            Files.write(next, JSON.writeValueAsBytes(draft));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw failed(unwritable);
        }
    }

    /** Forgets the draft. */
    public void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException unwritable) {
            throw failed(unwritable);
        }
    }

    private ProviderException failed(IOException unwritable) {
        return new ProviderException(Problem.of(
                Problem.Reason.INVALID,
                "The draft " + file + " cannot be written: " + unwritable.getMessage(),
                "Make the state folder writable, or name another by BTP_STATE_DIR"));
    }
}
