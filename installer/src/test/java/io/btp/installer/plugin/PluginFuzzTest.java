package io.btp.installer.plugin;

import io.btp.installer.fuzz.Fuzz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged plugins: their manifests, their jars, and the list of those that are trusted. */
class PluginFuzzTest {
    private static final String MANIFEST = """
            Manifest-Version: 1.0\r
            Btp-Plugin-Name: acme\r
            Btp-Plugin-Version: 1.0\r
            Btp-Api-Version: 1.0\r
            Btp-Touches: namespace:btp-deps host:api.acme.example cloud:acme:Create\r
            Class-Path: library.jar\r
            \r
            """;

    @TempDir
    private Path folder;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] jar(byte[] manifest) throws IOException {
        var jar = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(jar)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write(manifest);
            zip.putNextEntry(new ZipEntry("../../outside.class"));
            zip.write(1);
        }
        return jar.toByteArray();
    }

    private String looked(byte[] jar) throws IOException {
        var directory = folder.resolve("acme");
        Files.createDirectories(directory);
        Files.write(directory.resolve("plugin.jar"), jar);
        try {
            return Candidate.of(directory).manifest().toString();
        } catch (PluginRejected refused) {
            return refused.problem().summary();
        }
    }

    @Test
    void damagedManifests() {
        new Fuzz("plugin-manifest", manifest -> looked(jar(manifest)))
                .from(utf8(MANIFEST))
                .run();
    }

    @Test
    void damagedJars() throws IOException {
        new Fuzz("plugin-jar", this::looked).from(jar(utf8(MANIFEST))).run();
    }

    @Test
    void damagedTrustLists() {
        new Fuzz("plugin-trust", this::trusted)
                .from(utf8("{\"v\": 1, \"plugins\": {\"acme\": {\"digest\": \"sha256:%064d\"}}}".formatted(1)))
                .run();
    }

    private String trusted(byte[] list) throws IOException {
        var file = Files.write(folder.resolve("trust.json"), list);
        try {
            return TrustList.read(file).digest("acme").orElse("")
                    + TrustList.read(file).key("acme");
        } catch (PluginRejected refused) {
            return refused.problem().summary();
        }
    }
}
