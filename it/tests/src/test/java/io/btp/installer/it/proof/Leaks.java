package io.btp.installer.it.proof;

import io.btp.installer.it.Canaries;
import io.btp.installer.it.ClusterInventory;
import io.btp.installer.it.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Looks through what runs printed, wrote and made for secrets, and says where which is. */
final class Leaks {
    private final Canaries canaries;
    private final TreeMap<String, Set<String>> found = new TreeMap<>();
    private int looked;

    Leaks(Canaries canaries) {
        this.canaries = canaries;
    }

    private void look(String place, byte[] content) {
        looked++;
        var names = canaries.in(content);
        if (!names.isEmpty()) {
            found.computeIfAbsent(place, any -> new TreeSet<>()).addAll(names);
        }
    }

    /** Looks at what a command printed. */
    Leaks printed(String command, Program.Result result) {
        look("standard output of " + command, result.output().getBytes(StandardCharsets.UTF_8));
        look("standard error of " + command, result.messages().getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Looks at the names and contents of all files of a folder but those that the user put there. */
    Leaks files(Path folder, Predicate<Path> own) {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(own.or(Leaks::isLibrary).negate())
                    .toList()) {
                look("file " + folder.relativize(file), content(file));
                look("name of file " + folder.relativize(file), file.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Helm's library as it came in its jar: 98 MB in which nobody writes. */
    private static boolean isLibrary(Path file) {
        return file.getFileName().toString().matches("helm-.*\\.so");
    }

    private static byte[] content(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            return new byte[0];
        }
    }

    /** Looks at every object of a cluster, into Secrets and the releases of Helm, too. */
    Leaks cluster(ClusterInventory cluster) {
        cluster.contents().forEach((object, json) -> {
            look(object, json.toString().getBytes(StandardCharsets.UTF_8));
            if (object.startsWith("Secret ")) {
                json.path("data")
                        .values()
                        .forEach(value -> look(object, Base64.getDecoder().decode(value.asString(""))));
            }
        });
        return this;
    }

    /** Gives where something is, with what it is. */
    TreeMap<String, Set<String>> found() {
        return found;
    }

    /** Counts what was looked at. */
    int looked() {
        return looked;
    }
}
