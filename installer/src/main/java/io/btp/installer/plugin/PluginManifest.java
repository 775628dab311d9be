package io.btp.installer.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * What a plugin says of itself in the manifest of its main jar.
 *
 * @param name its name, a DNS label
 * @param version its version
 * @param apiVersion the API that it was built for, {@code major.minor}
 * @param touches what it declares to touch, each {@code namespace:}, {@code host:} or {@code cloud:} and a name; shown to
 *     whoever decides on trust, not enforced
 */
public record PluginManifest(String name, String version, String apiVersion, List<String> touches) {
    /** API version that this program offers: {@code major.minor}. */
    static final String HOST_API = "1.0";

    private static final int MOST_BYTES = 1 << 18;

    /** Copies the list. */
    public PluginManifest {
        touches = List.copyOf(touches);
    }

    /**
     * Reads the manifest of the one jar that names a plugin.
     *
     * @throws PluginRejected if there is not exactly one, or it cannot be used
     */
    static PluginManifest of(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new PluginRejected(directory, "is no directory", "Name the directory that holds the plugin's jars");
        }
        var found = jars(directory).stream()
                .map(PluginManifest::read)
                .flatMap(Optional::stream)
                .toList();
        if (found.size() != 1) {
            throw new PluginRejected(
                    directory,
                    "has " + found.size() + " jars whose manifest has Btp-Plugin-Name, expected one",
                    "Put exactly one plugin with its libraries into " + directory);
        }
        return found.getFirst();
    }

    static List<Path> jars(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<PluginManifest> read(Path jar) {
        try (var file = new JarFile(jar.toFile(), false)) {
            var entry = file.getJarEntry(JarFile.MANIFEST_NAME);
            if (entry == null) {
                return Optional.empty();
            }
            byte[] text;
            try (var content = file.getInputStream(entry)) {
                text = content.readNBytes(MOST_BYTES + 1);
            }
            if (text.length > MOST_BYTES) {
                throw new PluginRejected(jar, "has a manifest of more than 256 KiB", "Ask the plugin's author");
            }
            var attributes = new Manifest(new ByteArrayInputStream(text)).getMainAttributes();
            requireOwnClassPath(jar, attributes);
            return attributes.getValue("Btp-Plugin-Name") == null ? Optional.empty() : Optional.of(of(jar, attributes));
        } catch (IOException | IllegalArgumentException | SecurityException damaged) {
            throw new PluginRejected(
                    jar,
                    "is not a readable jar: " + damaged.getMessage(),
                    "Replace the file by the plugin's own jar",
                    damaged);
        }
    }

    /** A class path that leads out of the directory would load what nobody has looked at. */
    private static void requireOwnClassPath(Path jar, Attributes attributes) {
        var paths = Optional.ofNullable(attributes.getValue(Attributes.Name.CLASS_PATH))
                .orElse("");
        for (var path : paths.split("\\s+", -1)) {
            if (path.startsWith("/") || path.contains("..") || path.contains(":") || path.contains("%")) {
                throw new PluginRejected(
                        jar,
                        "has a Class-Path that leads out of the plugin's directory",
                        "Build it without Class-Path: all jars of the directory are on the plugin's class path");
            }
        }
    }

    private static PluginManifest of(Path jar, Attributes attributes) {
        return new PluginManifest(
                required(jar, attributes, "Btp-Plugin-Name", "[a-z]([a-z0-9-]{0,38}[a-z0-9])?"),
                required(jar, attributes, "Btp-Plugin-Version", "[A-Za-z0-9][A-Za-z0-9.+_-]{0,63}"),
                required(jar, attributes, "Btp-Api-Version", "\\d{1,4}\\.\\d{1,4}"),
                touches(
                        jar,
                        Optional.ofNullable(attributes.getValue("Btp-Touches")).orElse("")));
    }

    private static String required(Path jar, Attributes attributes, String name, String pattern) {
        var value = Optional.ofNullable(attributes.getValue(name)).orElse("");
        if (value.isBlank()) {
            throw new PluginRejected(
                    jar, "lacks " + name + " in its manifest", "Build it with that manifest attribute");
        }
        if (!value.matches(pattern)) {
            throw new PluginRejected(
                    jar,
                    "has no valid " + name + " in its manifest: " + shown(value),
                    "Build it with a value that matches " + pattern);
        }
        return value;
    }

    private static List<String> touches(Path jar, String text) {
        var words = Stream.of(text.split("\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        for (var word : words) {
            if (!word.matches("(namespace|host|cloud):[A-Za-z0-9*][A-Za-z0-9*.:/_-]{0,252}")) {
                throw new PluginRejected(
                        jar,
                        "has no valid Btp-Touches in its manifest: " + shown(word),
                        "Write words like namespace:btp-deps, host:api.acme.example, cloud:acme:CreateVault,"
                                + " with spaces between them");
            }
        }
        return words;
    }

    /** Cuts what a terminal must not get. */
    private static String shown(String value) {
        var printable = value.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() > 60 ? printable.substring(0, 60) + "..." : printable;
    }

    /** Refuses a plugin that was built for an API that this program does not offer. */
    void requireCompatible(Path directory) {
        var theirs = parts(apiVersion);
        var ours = parts(HOST_API);
        if (theirs[0] != ours[0] || theirs[1] > ours[1]) {
            throw new PluginRejected(
                    directory,
                    "was built for API " + apiVersion + ", this program offers " + HOST_API,
                    "Install a version of " + name + " for API " + ours[0] + "." + ours[1]
                            + " or older minor versions");
        }
    }

    private static int[] parts(String version) {
        var parts = version.split("\\.", 2);
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }
}
