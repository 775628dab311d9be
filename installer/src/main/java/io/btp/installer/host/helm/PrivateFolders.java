package io.btp.installer.host.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Folders that only this user can look into. Their names say which process owns them, so that those of a killed one are
 * found and removed.
 */
final class PrivateFolders {
    private static final Pattern NAME = Pattern.compile("btp-helm-(\\d+)-(\\d+)-.*");
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    private final Path memory;
    private final Path disk;

    /**
     * Makes folders in these.
     *
     * @param memory where confidential files go: a file system in memory where there is one
     * @param disk where large files go
     */
    PrivateFolders(Path memory, Path disk) {
        this.memory = memory;
        this.disk = disk;
    }

    /** Looks for a file system in memory; falls back to the temporary folder. */
    static PrivateFolders usual(Optional<String> runtimeFolder) {
        var disk = Path.of(System.getProperty("java.io.tmpdir"));
        var memory = Stream.concat(runtimeFolder.stream(), Stream.of("/dev/shm"))
                .map(Path::of)
                .filter(Files::isDirectory)
                .filter(Files::isWritable)
                .findFirst()
                .orElse(disk);
        return new PrivateFolders(memory, disk);
    }

    /** Makes a folder for confidential files. */
    Path confidential() {
        return make(memory);
    }

    /** Makes a folder for large files. */
    Path large() {
        return make(disk);
    }

    private static Path make(Path parent) {
        var self = ProcessHandle.current();
        var prefix = "btp-helm-%d-%d-".formatted(self.pid(), started(self));
        try {
            return Files.createTempDirectory(
                    parent, prefix, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException broken) {
            throw new UncheckedIOException("No private folder can be made in " + parent, broken);
        }
    }

    /** Removes what processes that are no more left behind. */
    void sweep() {
        for (var parent : List.of(memory, disk)) {
            try (var children = Files.list(parent)) {
                children.filter(PrivateFolders::isAbandoned).forEach(PrivateFolders::remove);
            } catch (IOException broken) {
                throw new UncheckedIOException("The folder " + parent + " cannot be listed", broken);
            }
        }
    }

    private static boolean isAbandoned(Path folder) {
        var name = NAME.matcher(String.valueOf(folder.getFileName()));
        return name.matches() && Files.isWritable(folder) && !isAlive(name);
    }

    private static boolean isAlive(Matcher name) {
        long since = Long.parseLong(name.group(2));
        return ProcessHandle.of(Long.parseLong(name.group(1)))
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(started(process) - since) <= TOLERANCE.toMillis())
                .isPresent();
    }

    private static long started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }

    /** Removes a folder with all that is in it; what another process removes meanwhile is no fault. */
    static void remove(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (java.nio.file.NoSuchFileException | UncheckedIOException meanwhile) {
            // A folder that somebody else removes, or that is not ours to remove, is left to them.
            return;
        } catch (IOException broken) {
            throw new UncheckedIOException("The folder " + folder + " cannot be removed", broken);
        }
    }
}
