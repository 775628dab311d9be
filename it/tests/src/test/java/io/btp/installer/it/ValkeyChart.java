package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of the tests' chart of Valkey, of which one version after another can be put in place. */
public final class ValkeyChart {
    /** The version that the program installs. */
    public static final String VERSION = "0.11.0";

    private static final Path CHART = Path.of("src/test/charts/valkey").toAbsolutePath();

    private final Path folder;

    /** Puts the first version in place. */
    public ValkeyChart(Path folder) {
        this.folder = folder;
        ship(VERSION, "");
    }

    /** Gives the folder of the chart. */
    public Path folder() {
        return folder;
    }

    /**
     * Puts a version in place: its image is named after it.
     *
     * @param more lines for {@code Chart.yaml}
     */
    public void ship(String version, String more) {
        try (var files = Files.walk(CHART)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = folder.resolve(CHART.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(file).replace("{{ .Chart.AppVersion }}", "v" + version));
            }
            var about = folder.resolve("Chart.yaml");
            Files.writeString(
                    about, Files.readString(about).replace("version: " + VERSION, "version: " + version) + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the pods of the version in place never start. */
    public void spoil() {
        try {
            var helpers = folder.resolve("templates/_helpers.tpl");
            var text = Files.readString(helpers);
            assertThat(text).contains("metadata:\n");
            Files.writeString(
                    helpers,
                    text.replace(
                            "metadata:\n", "metadata:\n  annotations: {simulator.btp/mode: image-pull-backoff}\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
