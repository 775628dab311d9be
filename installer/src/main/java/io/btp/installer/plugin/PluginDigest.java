package io.btp.installer.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests a plugin directory: names and contents of its jars. */
final class PluginDigest {
    private PluginDigest() {}

    /** Gives {@code sha256:} and hexadecimal digits. */
    static String of(Path directory) {
        var digest = sha256();
        for (var jar : PluginManifest.jars(directory)) {
            digest.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(contents(jar));
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] contents(Path jar) {
        try {
            return sha256().digest(Files.readAllBytes(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
