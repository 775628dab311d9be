package io.btp.installer.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginManifestTest {
    @TempDir
    private Path directory;

    private PluginManifest read(Map<String, String> attributes) throws IOException {
        PluginDirectory.pack(directory.resolve("plugin.jar"), attributes, directory);
        return PluginManifest.of(directory);
    }

    @Test
    void readsWhatAPluginSaysOfItself() throws IOException {
        var manifest = read(PluginDirectory.manifest("acme"));

        assertThat(manifest.name()).isEqualTo("acme");
        assertThat(manifest.touches()).containsExactly("namespace:btp-deps", "host:api.acme.example");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Btp-Plugin-Name, Acme, no valid Btp-Plugin-Name",
                "Btp-Plugin-Name, ../acme, no valid Btp-Plugin-Name",
                "Btp-Plugin-Version, -, lacks Btp-Plugin-Version",
                "Btp-Plugin-Version, 1 beta, no valid Btp-Plugin-Version",
                "Btp-Api-Version, -, lacks Btp-Api-Version",
                "Btp-Api-Version, one, no valid Btp-Api-Version",
                "Btp-Api-Version, 1, no valid Btp-Api-Version",
                "Btp-Api-Version, 2.0, was built for API 2.0",
                "Btp-Api-Version, 1.9999, was built for API 1.9999",
                "Btp-Touches, everything, no valid Btp-Touches",
                "Btp-Touches, disk:all, no valid Btp-Touches",
                "Class-Path, ../evil.jar, Class-Path that leads out",
                "Class-Path, file:/tmp/evil.jar, Class-Path that leads out",
                "Class-Path, lib.jar http://evil.example/x.jar, Class-Path that leads out",
            })
    void refusesAManifestThatCannotBe(String attribute, String value, String words) throws IOException {
        var attributes = new LinkedHashMap<>(PluginDirectory.manifest("acme"));
        if (value == null) {
            attributes.remove(attribute);
        } else {
            attributes.put(attribute, value);
        }

        assertThatThrownBy(() -> read(attributes).requireCompatible(directory))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining(words);
    }

    @Test
    void refusesADirectoryWithoutAPlugin() {
        assertThatThrownBy(() -> PluginManifest.of(directory))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining("has 0 jars");
        assertThatThrownBy(() -> PluginManifest.of(directory.resolve("nowhere")))
                .isInstanceOf(PluginRejected.class)
                .hasMessageContaining("is no directory");
    }

    @Test
    void refusesTwoPluginsInOneDirectory() throws IOException {
        PluginDirectory.pack(directory.resolve("other.jar"), PluginDirectory.manifest("other"), directory);

        assertThatThrownBy(() -> read(PluginDirectory.manifest("acme"))).hasMessageContaining("has 2 jars");
    }

    @Test
    void showsATerminalNothingButPrintableCharacters() throws IOException {
        var attributes = PluginDirectory.manifest("acme");
        attributes.put("Btp-Plugin-Version", "1\u001b[2J\u202e");

        assertThatThrownBy(() -> read(attributes))
                .hasMessageContaining("1?[2J?")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void refusesEveryDamagedJarInWordsForPeople() throws IOException {
        var jar = directory.resolve("plugin.jar");
        PluginDirectory.pack(jar, PluginDirectory.manifest("acme"), directory);
        var whole = Files.readAllBytes(jar);
        var random = new Random(7);
        var seen = new TreeMap<String, Integer>();
        for (int i = 0; i < 2_000; i++) {
            var damaged = whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(jar, i % 5 == 0 ? java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
            try {
                PluginManifest.of(directory).requireCompatible(directory);
                seen.merge("read", 1, Integer::sum);
            } catch (PluginRejected rejected) {
                assertThat(rejected.problem().summary()).doesNotContain("Exception");
                assertThat(rejected.problem().remedy()).isNotEmpty();
                seen.merge("refused", 1, Integer::sum);
            }
        }
        assertThat(seen).containsKeys("read", "refused");
    }
}
