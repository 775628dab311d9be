package io.btp.installer.plugin;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/**
 * A plugin directory as it was read, before anything of it is loaded.
 *
 * @param directory where it stands
 * @param manifest what it says of itself
 * @param digests its files
 */
record Candidate(Path directory, PluginManifest manifest, DigestList digests) {
    /**
     * Reads a directory.
     *
     * @throws PluginRejected if it is no plugin for this program
     */
    static Candidate of(Path directory) {
        var manifest = PluginManifest.of(directory);
        manifest.requireCompatible(directory);
        return new Candidate(directory, manifest, DigestList.of(directory));
    }

    /**
     * Gives a copy that only this user can write, with exactly the bytes that were read: what is loaded is what trust
     * was decided on, whatever happens to the directory meanwhile.
     *
     * @param copies folder of such copies, which stay for the next start
     * @throws PluginRejected if the directory has changed since it was read
     */
    Path copy(Path copies) {
        var target = copies.resolve(digests.digest().replace("sha256:", ""));
        try {
            requireOwn(copies);
            if (Files.isDirectory(target) && !DigestList.of(target).equals(digests)) {
                remove(target);
            }
            if (!Files.isDirectory(target)) {
                make(copies, target);
            }
        } catch (IOException broken) {
            throw new PluginRejected(
                    directory, "cannot be copied to " + copies + ": " + broken.getMessage(), "Make room there", broken);
        }
        return target;
    }

    private static void requireOwn(Path copies) throws IOException {
        Files.createDirectories(copies);
        Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwx------"));
    }

    private void make(Path copies, Path target) throws IOException {
        var draft = Files.createTempDirectory(copies, "draft");
        try {
            for (var name : digests.digests().keySet()) {
                var file = draft.resolve(name);
                Files.createDirectories(file.getParent());
                Files.copy(directory.resolve(name), file);
            }
            if (!DigestList.of(draft).equals(digests)) {
                throw new PluginRejected(
                        directory, "changed while it was read", "Let nobody write there, then run it again");
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException anotherWasFaster) {
            if (!DigestList.of(target).equals(digests)) {
                throw anotherWasFaster;
            }
        } finally {
            remove(draft);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
