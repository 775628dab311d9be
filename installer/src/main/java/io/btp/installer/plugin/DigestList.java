package io.btp.installer.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The digests of all files of a plugin directory but its signature, in the form of {@code sha256sum}: this text is what
 * a signature signs, and its own digest is what is pinned.
 *
 * @param digests hexadecimal SHA-256 by path from the directory, with slashes
 */
record DigestList(SortedMap<String, String> digests) {
    /** The one file that a list leaves out. */
    static final String SIGNATURE = "plugin.sig";

    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 1L << 30;

    /** Copies the map. */
    DigestList {
        digests = new TreeMap<>(digests);
    }

    /**
     * Reads every file once.
     *
     * @throws PluginRejected if the directory holds what no plugin holds
     */
    static DigestList of(Path directory) {
        var digests = new TreeMap<String, String>();
        var files = files(directory);
        for (var file : files) {
            digests.put(name(directory, file), digest(file));
        }
        return new DigestList(digests);
    }

    private static List<Path> files(Path directory) {
        List<Path> files;
        try (var found = Files.walk(directory)) {
            files = found.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.equals(directory.resolve(SIGNATURE)))
                    .limit(MOST_FILES + 1L)
                    .toList();
            long bytes = 0;
            for (var file : files) {
                requirePlain(directory, file);
                bytes += Files.size(file);
            }
            if (files.size() > MOST_FILES || bytes > MOST_BYTES) {
                throw new PluginRejected(
                        directory,
                        "holds more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20) + " MiB",
                        "Name the plugin's own directory, with its jars and nothing else");
            }
        } catch (IOException | UncheckedIOException unreadable) {
            throw new PluginRejected(
                    directory, "cannot be read: " + unreadable.getMessage(), "Make it readable", unreadable);
        }
        return files;
    }

    /** Names with other characters would be listed by {@code sha256sum} in another form; links lead elsewhere. */
    private static void requirePlain(Path directory, Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new PluginRejected(
                    directory,
                    "holds a link or a device: " + shown(file),
                    "Put the file itself into the plugin's directory");
        }
        if (!name(directory, file).matches("[\\x20-\\x7e&&[^\\\\]]+")) {
            throw new PluginRejected(
                    directory,
                    "holds a file whose name has other than printable ASCII characters, or a backslash: " + shown(file),
                    "Rename the file");
        }
    }

    private static String name(Path directory, Path file) {
        return directory
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    /** Cuts what a terminal must not get. */
    private static String shown(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static String digest(Path file) {
        var digest = sha256();
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        } catch (IOException unreadable) {
            throw new PluginRejected(
                    file, "cannot be read: " + unreadable.getMessage(), "Make it readable", unreadable);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** Gives the lines of {@code sha256sum}, in the order of the names' bytes. */
    byte[] text() {
        return digests.entrySet().stream()
                .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Gives the digest of the whole: {@code sha256:} and hexadecimal digits. */
    String digest() {
        return "sha256:" + HexFormat.of().formatHex(sha256().digest(text()));
    }
}
