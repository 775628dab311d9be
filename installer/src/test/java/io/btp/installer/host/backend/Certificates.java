package io.btp.installer.host.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An authority and the certificates that it signs, made by the openssl program in a folder of the test. */
public final class Certificates {
    private final Path folder;
    private final Path openssl;

    /** A certificate with its key, as PEM files. */
    public record Certificate(Path certificate, Path key) {}

    /** Makes an authority. */
    public Certificates(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        this.openssl = Backend.program("openssl", "/usr/bin/openssl", "/usr/local/bin/openssl");
        run(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=test authority",
                "-days",
                "2",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem");
    }

    /** Gives the authority's certificate. */
    public String authority() throws IOException {
        return Files.readString(folder.resolve("ca.pem"));
    }

    /** Signs a certificate for these names, for example {@code DNS:localhost}. */
    public Certificate sign(String name, String alternatives) throws IOException, InterruptedException {
        return sign(name, alternatives, "1");
    }

    /** Signs a certificate that has expired. */
    public Certificate signExpired(String name, String alternatives) throws IOException, InterruptedException {
        return sign(name, alternatives, "-1");
    }

    /** Gives a key store with a certificate and its key. */
    public Path keyStore(Certificate certificate, String password) throws IOException, InterruptedException {
        var store = folder.resolve(certificate.key().getFileName() + ".p12");
        run(
                "pkcs12",
                "-export",
                "-inkey",
                certificate.key().toString(),
                "-in",
                certificate.certificate().toString(),
                "-passout",
                "pass:" + password,
                "-out",
                store.toString());
        return store;
    }

    private Certificate sign(String name, String alternatives, String days) throws IOException, InterruptedException {
        Files.writeString(folder.resolve(name + ".ext"), "subjectAltName=" + alternatives + "\n");
        run(
                "req",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/CN=" + name,
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr");
        run(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-days",
                days,
                "-extfile",
                name + ".ext",
                "-out",
                name + ".pem");
        return new Certificate(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        Running.toTheEnd(folder, openssl.toString(), arguments);
    }
}
