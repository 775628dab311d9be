package io.btp.installer.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * What a plugin says of itself in the manifest of its main jar.
 *
 * @param name its name
 * @param version its version
 * @param apiVersion the API that it was built for, {@code major.minor}
 */
public record PluginManifest(String name, String version, String apiVersion) {
    /** API version that this program offers: {@code major.minor}. */
    static final String HOST_API = "1.0";

    /** Reads the manifest of the one jar that names a plugin. */
    static PluginManifest of(Path directory) {
        var found = jars(directory).stream()
                .map(PluginManifest::read)
                .flatMap(Optional::stream)
                .toList();
        if (found.size() != 1) {
            throw new PluginRejected(
                    directory,
                    "expected one jar whose manifest has Btp-Plugin-Name, found " + found.size(),
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
        try (var file = new JarFile(jar.toFile())) {
            var manifest = Optional.ofNullable(file.getManifest()).map(it -> it.getMainAttributes());
            return manifest.filter(it -> it.getValue("Btp-Plugin-Name") != null).map(it -> of(jar, it));
        } catch (IOException e) {
            throw new PluginRejected(
                    jar, "is not a readable jar: " + e.getMessage(), "Replace the file by the plugin's own jar");
        }
    }

    private static PluginManifest of(Path jar, Attributes attributes) {
        return new PluginManifest(
                required(jar, attributes, "Btp-Plugin-Name"),
                required(jar, attributes, "Btp-Plugin-Version"),
                required(jar, attributes, "Btp-Api-Version"));
    }

    private static String required(Path jar, Attributes attributes, String name) {
        return Optional.ofNullable(attributes.getValue(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new PluginRejected(
                        jar, "its manifest lacks " + name, "Build the plugin with that manifest attribute"));
    }

    /** Refuses a plugin that was built for an API that this program does not offer. */
    void requireCompatible(Path directory) {
        var theirs = parts(directory, apiVersion);
        var ours = parts(directory, HOST_API);
        if (theirs[0] != ours[0] || theirs[1] > ours[1]) {
            throw new PluginRejected(
                    directory,
                    "was built for API " + apiVersion + ", this program offers " + HOST_API,
                    "Install a version of " + name + " for API " + ours[0] + "." + ours[1]
                            + " or older minor versions");
        }
    }

    private static int[] parts(Path directory, String version) {
        if (!version.matches("\\d{1,4}\\.\\d{1,4}")) {
            throw new PluginRejected(
                    directory, "has no valid API version: " + version, "Set Btp-Api-Version to major.minor");
        }
        var parts = version.split("\\.", 2);
        return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
    }
}
