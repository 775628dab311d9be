package io.btp.installer.plugin.byo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes keys and certificates with openssl, in one folder. */
record Pki(Path folder) {
    /** Makes a self-signed certificate {@code NAME.pem} with its key {@code NAME-key.pem} for these hosts. */
    Pki selfSigned(String name, String key, String... hosts) throws IOException, InterruptedException {
        openssl(
                "req",
                "-x509",
                "-nodes",
                "-newkey",
                key,
                "-pkeyopt",
                parameter(key),
                "-keyout",
                name + "-key.pem",
                "-out",
                name + ".pem",
                "-days",
                "30",
                "-subj",
                "/CN=" + name,
                "-addext",
                names(hosts));
        return this;
    }

    /** Makes a certificate that {@code authority} signs. */
    Pki signed(String name, String authority, String... hosts) throws IOException, InterruptedException {
        openssl(
                "req",
                "-x509",
                "-nodes",
                "-newkey",
                "rsa:2048",
                "-keyout",
                name + "-key.pem",
                "-out",
                name + ".pem",
                "-days",
                "30",
                "-subj",
                "/CN=" + name,
                "-addext",
                names(hosts),
                "-CA",
                authority + ".pem",
                "-CAkey",
                authority + "-key.pem");
        return this;
    }

    private static String parameter(String key) {
        return key.equals("ec") ? "ec_paramgen_curve:P-256" : "rsa_keygen_bits:2048";
    }

    private static String names(String... hosts) {
        return "subjectAltName="
                + String.join(
                        ",", List.of(hosts).stream().map(host -> "DNS:" + host).toList());
    }

    /** Gives a key in the older form of its kind. */
    String older(String name, String kind) throws IOException, InterruptedException {
        openssl(
                kind,
                "-in",
                name + "-key.pem",
                "-out",
                name + "-old.pem",
                kind.equals("rsa") ? "-traditional" : "-no_public");
        return read(name + "-old");
    }

    /** Reads PEM text. */
    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".pem"));
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var words = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + words);
        }
    }
}
