package io.btp.installer.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;

/**
 * The program as it is laid out, and once more with the cache of its classes that the release brings.
 *
 * @param plain without a cache, on the Java of these benchmarks
 * @param cached with a cache of its classes, learned as the release learns it
 */
record Package(Path plain, Path cached) {
    static Package prepare(Path module, Path home, Path work) throws InterruptedException {
        try {
            var cached = copy(home, work.resolve("cached"));
            var java = Path.of(System.getProperty("java.home"));
            Files.createSymbolicLink(cached.resolve("runtime"), java);
            var cache = Files.createDirectories(cached.resolve("aot/benchmark"));
            var folder = Files.createDirectories(work.resolve("training"));
            var training = new Processes(folder, Map.of());
            for (var way : List.of("whole", "wizard")) {
                training.timed(
                        module.resolve("../../distribution/src/release/train").toString(),
                        cached.toString(),
                        cache.resolve(way + ".aot").toString(),
                        folder.resolve(way).toString(),
                        way);
            }
            // The launcher takes the cache for these jars only; during the training there must be none.
            var list = new Processes(cached.resolve("lib"), Map.of());
            list.timed("bash", "-c", "LC_ALL=C stat -c '%n %s %Y' -- *.jar");
            Files.writeString(cache.resolve("jars"), list.output());
            Files.delete(cached.resolve("lib/output.txt"));
            return new Package(home, cached);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a tree, with the times of its files. */
    static Path copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }
}
