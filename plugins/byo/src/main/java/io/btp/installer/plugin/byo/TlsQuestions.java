package io.btp.installer.plugin.byo;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Form;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Question;
import io.btp.installer.api.contract.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;

/** What is asked about TLS, and the file of authorities that an answer names. */
final class TlsQuestions {
    static final String VERIFY_FULL = "verify-full";

    static final Question<String> TLS = Question.choice("tls", "TLS", "disable", "require", VERIFY_FULL)
            .defaultsTo(VERIFY_FULL)
            .help("verify-full checks the certificate and its name, require only encrypts, disable is plain text");

    static final Question<String> CA_FILE = Question.path("caFile", "certificate authorities")
            .optional()
            .example("/etc/ssl/acme-ca.pem")
            .help("PEM file of the authorities that signed the server's certificate, where they are not public ones");

    private static final int LARGEST = 1 << 20;

    private TlsQuestions() {}

    /** Adds the rule that a file of authorities is named only where something is verified. */
    static <C> Form<C> ruled(Form<C> form) {
        return form.rule(
                "caFile only with tls: verify-full",
                answers ->
                        answers.find(CA_FILE).isPresent() && !answers.get(TLS).equals(VERIFY_FULL)
                                ? Optional.of(
                                        "With tls: %s no certificate is verified, so caFile has no effect; answer tls: %s, or leave caFile out"
                                                .formatted(answers.get(TLS), VERIFY_FULL))
                                : Optional.empty(),
                TLS,
                CA_FILE);
    }

    /** Gives the mode that was answered. */
    static Tls.Mode mode(Answers answers) {
        return switch (answers.get(TLS)) {
            case "disable" -> Tls.Mode.DISABLE;
            case "require" -> Tls.Mode.REQUIRE;
            case VERIFY_FULL -> Tls.Mode.VERIFY_FULL;
            case String other -> throw new IllegalArgumentException("no mode of TLS: " + other);
        };
    }

    /**
     * Gives TLS with the authorities in a file.
     *
     * @throws ProviderException if the file is missing, cannot be read or holds no certificates
     */
    static Tls tls(Tls.Mode mode, Optional<String> caFile) {
        return new Tls(mode, caFile.map(TlsQuestions::authorities));
    }

    private static String authorities(String path) {
        var file = Path.of(path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path);
        if (!Files.exists(file)) {
            throw refusal(Reason.NOT_FOUND, "caFile %s is not there".formatted(file), List.of());
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw refusal(Reason.INVALID, "caFile %s is larger than 1 MiB".formatted(file), List.of());
            }
            var pem = Files.readString(file);
            verify(file, pem);
            return pem;
        } catch (IOException unreadable) {
            throw refusal(
                    Reason.FORBIDDEN,
                    "caFile %s cannot be read".formatted(file),
                    List.of(unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage()));
        }
    }

    private static void verify(Path file, String pem) {
        var notPem = "caFile %s holds no certificates in PEM".formatted(file);
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw refusal(Reason.INVALID, notPem, List.of());
        }
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(pem.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            if (certificates.isEmpty()) {
                throw refusal(Reason.INVALID, notPem, List.of());
            }
        } catch (CertificateException broken) {
            throw refusal(Reason.INVALID, notPem, List.of(String.valueOf(broken.getMessage())));
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
