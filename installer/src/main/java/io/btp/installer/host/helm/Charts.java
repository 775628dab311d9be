package io.btp.installer.host.helm;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Gives charts as checked archives. What was fetched once is kept by its digest: an exact version never changes.
 *
 * <p>A folder is packed so that its digest depends on nothing but the files.
 */
final class Charts implements AutoCloseable {
    static final int LARGEST = 64 * 1024 * 1024;

    private static final Pattern LEFT_OUT = Pattern.compile("\\.git|\\.svn|\\.DS_Store|.*~|.*\\.(swp|bak|tmp|orig)");

    private static final String PART = "part-";
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path cache;
    private final Download download;
    private final ChartSources sources;
    private final Map<String, ChartContent> known = new ConcurrentHashMap<>();

    /**
     * Keeps charts in this folder.
     *
     * @param cache made where it is missing
     * @param download fetches; closed with this
     */
    Charts(Path cache, Download download) {
        this.cache = cache;
        this.download = download;
        this.sources = new ChartSources(download);
    }

    /**
     * Gives a chart.
     *
     * @throws ProviderException if it cannot be had, is another than was pinned, or is not to be trusted
     */
    ChartArchive archive(Chart chart) throws InterruptedException {
        try {
            return switch (chart.location().getScheme()) {
                case "file" -> local(chart);
                default -> remote(chart);
            };
        } catch (IOException broken) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.FAILED,
                                    "The chart %s cannot be kept in %s".formatted(chart.name(), cache),
                                    "See that the folder can be written and the disk is not full")
                            .evidence(List.of(String.valueOf(broken.getMessage()))),
                    broken);
        }
    }

    /**
     * Gives the chart of a revision that is in force: as it was fetched once, otherwise made of what Helm keeps with the
     * release. Empty where neither can be had.
     */
    Optional<ChartArchive> of(StoredRelease revision) {
        try {
            var digest = ReleaseWork.digest(revision).filter(text -> text.matches("sha256:[0-9a-f]{64}"));
            if (digest.isEmpty()) {
                return Optional.empty();
            }
            var fetched = file(digest.get());
            if (Files.exists(fetched) && isOf(digest.get(), Files.readAllBytes(fetched))) {
                return Optional.of(new ChartArchive(fetched, digest.get(), content(fetched)));
            }
            var stored = StoredChart.ofChart(revision);
            if (stored.isEmpty()) {
                return Optional.empty();
            }
            var made = cache.resolve("stored-" + digest.get().replace(':', '-') + ".tgz");
            write(made, stored.get());
            return Optional.of(new ChartArchive(made, digest.get(), content(made)));
        } catch (IOException unusable) {
            return Optional.empty();
        }
    }

    private static ChartContent content(Path archive) throws IOException {
        try (var stream = Files.newInputStream(archive)) {
            return ChartContent.read(stream);
        }
    }

    /** The digest of a folder is that of its archive before it was packed. */
    private static boolean isOf(String digest, byte[] archive) throws IOException {
        if (digest(archive).equals(digest)) {
            return true;
        }
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            return digest(unpacked.readNBytes((int) Tar.LARGEST)).equals(digest);
        }
    }

    private ChartArchive local(Chart chart) throws IOException {
        var path = Path.of(chart.location());
        if (Files.isDirectory(path)) {
            var files = files(path, chart.name());
            var tar = new ByteArrayOutputStream();
            Tar.write(files, tar);
            return kept(chart, digest(tar.toByteArray()), packed(tar.toByteArray()));
        }
        if (!Files.isReadable(path)) {
            throw Download.failed(
                    Reason.NOT_FOUND, chart.location(), "there is no such file", "Name a chart's archive or folder");
        }
        if (Files.size(path) > LARGEST) {
            throw tooLarge(chart.location());
        }
        var bytes = Files.readAllBytes(path);
        return kept(chart, digest(bytes), bytes);
    }

    private static Map<String, byte[]> files(Path folder, String name) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        long size = 0;
        try (var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var relative = folder.relativize(file);
                if (isLeftOut(relative)) {
                    continue;
                }
                size += Files.size(file);
                if (size > LARGEST) {
                    throw tooLarge(folder.toUri());
                }
                files.put(name + "/" + relative.toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        return files;
    }

    private static boolean isLeftOut(Path relative) {
        for (var part : relative) {
            if (LEFT_OUT.matcher(part.toString()).matches()) {
                return true;
            }
        }
        return false;
    }

    private static ProviderException tooLarge(URI location) {
        return Download.failed(
                Reason.INVALID,
                location,
                "it is larger than " + LARGEST / 1024 / 1024 + " MiB",
                "Name a chart's archive or folder");
    }

    private static byte[] packed(byte[] tar) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(tar);
        }
        return packed.toByteArray();
    }

    private ChartArchive remote(Chart chart) throws IOException, InterruptedException {
        var note = cache.resolve("named").resolve(digest(named(chart)).substring("sha256:".length()));
        var digest = chart.digest().or(() -> noted(note));
        if (digest.isPresent() && Files.exists(file(digest.get()))) {
            var bytes = Files.readAllBytes(file(digest.get()));
            if (digest(bytes).equals(digest.get())) {
                return kept(chart, digest.get(), bytes);
            }
        }
        var bytes = sources.fetch(chart);
        sweep(cache);
        sweep(cache.resolve("named"));
        var archive = kept(chart, digest(bytes), bytes);
        write(note, archive.digest().getBytes(StandardCharsets.UTF_8));
        return archive;
    }

    private static byte[] named(Chart chart) {
        var name = "%s %s %s"
                .formatted(chart.location(), chart.name(), chart.version().orElse(""));
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> noted(Path note) {
        try {
            return Files.exists(note)
                    ? Optional.of(Files.readString(note)).filter(text -> text.matches("sha256:[0-9a-f]{64}"))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private ChartArchive kept(Chart chart, String digest, byte[] bytes) throws IOException {
        if (chart.digest().filter(pinned -> !pinned.equals(digest)).isPresent()) {
            throw new ProviderException(Problem.of(
                            Reason.CONFLICT,
                            "The chart %s from %s is not the one that was pinned"
                                    .formatted(chart.name(), chart.location()),
                            "Find out who changed it; pin the new digest only when you trust it")
                    .evidence(List.of("expected " + chart.digest().get(), "found " + digest)));
        }
        var content = checked(chart, digest, bytes);
        if (!Files.exists(file(digest))) {
            write(file(digest), bytes);
        }
        return new ChartArchive(file(digest), digest, content);
    }

    private ChartContent checked(Chart chart, String digest, byte[] bytes) {
        try {
            var before = known.get(digest);
            var content = before == null ? ChartContent.read(new ByteArrayInputStream(bytes)) : before;
            known.put(digest, content);
            if (chart.version()
                    .filter(version -> !same(version, content.version()))
                    .isPresent()) {
                throw new IOException("it is version %s, expected %s"
                        .formatted(content.version(), chart.version().get()));
            }
            return content;
        } catch (IOException unusable) {
            throw new ProviderException(
                    Problem.of(
                            Reason.INVALID,
                            "The chart %s from %s cannot be used: %s"
                                    .formatted(chart.name(), chart.location(), unusable.getMessage()),
                            "Name the archive or folder of a Helm chart in this version"),
                    unusable);
        }
    }

    private static boolean same(String one, String other) {
        return one.replaceFirst("^v", "").equals(other.replaceFirst("^v", ""));
    }

    private Path file(String digest) {
        return cache.resolve(digest.replace(':', '-') + ".tgz");
    }

    /** Removes what a run left that was killed while it wrote. */
    private static void sweep(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var old = FileTime.from(Instant.now().minus(LEFT_BEHIND));
        try (var parts = Files.newDirectoryStream(folder, PART + "*")) {
            for (var part : parts) {
                if (Files.getLastModifiedTime(part).compareTo(old) < 0) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    /** Writes all or nothing: under another name first. */
    private static void write(Path file, byte[] bytes) throws IOException {
        var folder = Optional.ofNullable(file.getParent()).orElseThrow();
        Files.createDirectories(folder);
        var part = Files.createTempFile(folder, PART, "");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void close() {
        download.close();
    }
}
