package io.btp.installer.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A private certificate authority; signs a certificate for each name when it is first asked for, by the openssl program. */
public final class Authority {
    private static final List<String> KEY = List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

    private final Path folder;
    private final Map<String, SSLContext> contexts = new HashMap<>();

    public Authority(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        Files.writeString(folder.resolve("ca.cnf"), """
                [req]
                distinguished_name = name
                x509_extensions = ext
                [name]
                [ext]
                basicConstraints = critical,CA:TRUE
                keyUsage = critical,keyCertSign
                """);
        openssl("-subj", "/CN=acme looks into everything", "-config", "ca.cnf", "-keyout", "ca.key", "-out", "ca.pem");
    }

    /** Gives the file of its certificate. */
    public Path file() {
        return folder.resolve("ca.pem");
    }

    public synchronized SSLContext contextFor(String host)
            throws IOException, GeneralSecurityException, InterruptedException {
        var context = contexts.get(host);
        if (context == null) {
            context = made(host);
            contexts.put(host, context);
        }
        return context;
    }

    private SSLContext made(String host) throws IOException, GeneralSecurityException, InterruptedException {
        Files.writeString(folder.resolve(host + ".cnf"), """
                [req]
                distinguished_name = name
                x509_extensions = ext
                [name]
                [ext]
                basicConstraints = CA:FALSE
                subjectAltName = DNS:%s
                """.formatted(host));
        openssl(
                "-subj",
                "/CN=" + host,
                "-config",
                host + ".cnf",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-keyout",
                host + ".key",
                "-out",
                host + ".pem");
        var key = Files.readString(folder.resolve(host + ".key")).replaceAll("-----[A-Z ]+-----", "");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "host",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))),
                new char[0],
                new Certificate[] {certificate(host + ".pem"), certificate("ca.pem")});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Certificate certificate(String file) throws IOException, GeneralSecurityException {
        try (var stream = Files.newInputStream(folder.resolve(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(stream);
        }
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("openssl", "req", "-x509", "-days", "2"));
        command.addAll(KEY);
        command.addAll(List.of(arguments));
        var log = folder.resolve("openssl.log");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + Files.readString(log));
        }
    }
}
