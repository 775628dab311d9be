package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;

/** A file of certificate authorities that an answer names. */
final class AuthorityFile {
    private static final int LARGEST = 1 << 20;

    private AuthorityFile() {}

    /**
     * Reads it.
     *
     * @param key the answer that names it
     * @throws ProviderException if it is missing, cannot be read or holds no certificates
     */
    static Optional<String> read(String key, Optional<String> path) {
        return path.map(name -> read(key, name));
    }

    private static String read(String key, String path) {
        var file = Path.of(path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path);
        if (!Files.exists(file)) {
            throw refusal(Reason.NOT_FOUND, "%s names %s, which is not there".formatted(key, file), List.of());
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw refusal(
                        Reason.INVALID, "%s names %s, which is larger than 1 MiB".formatted(key, file), List.of());
            }
            var pem = Files.readString(file);
            if (!holdsCertificates(pem)) {
                throw refusal(
                        Reason.INVALID,
                        "%s names %s, which holds no certificates in PEM".formatted(key, file),
                        List.of());
            }
            return pem;
        } catch (IOException unreadable) {
            throw refusal(
                    Reason.FORBIDDEN,
                    "%s names %s, which cannot be read".formatted(key, file),
                    List.of(unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage()));
        }
    }

    private static boolean holdsCertificates(String pem) {
        try {
            return pem.contains("-----BEGIN CERTIFICATE-----")
                    && !CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                            .isEmpty();
        } catch (CertificateException broken) {
            return false;
        }
    }

    private static ProviderException refusal(Reason reason, String summary, List<String> evidence) {
        return new ProviderException(Problem.of(
                        reason,
                        summary,
                        "Name a readable file with the certificates between BEGIN CERTIFICATE and END CERTIFICATE")
                .evidence(evidence));
    }
}
