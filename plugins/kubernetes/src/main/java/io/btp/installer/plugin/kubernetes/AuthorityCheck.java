package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Proves that a CA that was given can sign: its certificate is one of a CA, in force, and the key belongs to it. */
final class AuthorityCheck {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----", Pattern.DOTALL);
    private static final String REMEDY =
            "Answer edge.certificates.ca.certificate and ca.key with the PEM texts of one CA and its key";

    private AuthorityCheck() {}

    static Check of(CertManager.Authority authority) {
        return Check.of("certificates.authority", "The CA that was given can sign", () -> result(authority))
                .asStrict();
    }

    private static Check.Result result(CertManager.Authority authority) {
        X509Certificate certificate;
        try {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(
                            authority.certificate().reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (CertificateException broken) {
            return failed("ca.certificate holds no certificate in PEM", REMEDY);
        }
        var name = certificate.getSubjectX500Principal().getName();
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException expired) {
            return failed(
                    "The CA %s has expired on %s"
                            .formatted(name, certificate.getNotAfter().toInstant()),
                    "Answer ca.certificate with a CA that is in force");
        } catch (CertificateNotYetValidException early) {
            return failed(
                    "The CA %s is not in force before %s"
                            .formatted(name, certificate.getNotBefore().toInstant()),
                    "Answer ca.certificate with a CA that is in force; see that this machine's clock is right");
        }
        if (certificate.getBasicConstraints() < 0) {
            return failed(
                    "The certificate %s is not one of a CA (basic constraints)".formatted(name),
                    "Answer ca.certificate with the certificate of a CA");
        }
        return belongs(authority, certificate.getPublicKey())
                ? new Check.Result.Passed(name)
                : failed("ca.key is not the key of the CA " + name, REMEDY);
    }

    /** Keys in other forms than PKCS#8 are left to cert-manager, which reads them all. */
    private static boolean belongs(CertManager.Authority authority, PublicKey expected) {
        var text = authority.key().reveal();
        if (text.contains("-----BEGIN RSA PRIVATE KEY-----") || text.contains("-----BEGIN EC PRIVATE KEY-----")) {
            return true;
        }
        return key(text, expected.getAlgorithm())
                .map(key -> signs(key, expected))
                .orElse(false);
    }

    private static Optional<PrivateKey> key(String text, String algorithm) {
        var block = PKCS8.matcher(text);
        if (!block.find()) {
            return Optional.empty();
        }
        try {
            var body = Base64.getMimeDecoder().decode(block.group(1));
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(body)));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static boolean signs(PrivateKey key, PublicKey expected) {
        try {
            var algorithm = switch (expected.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                case String other -> other;
            };
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(new byte[] {1});
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(expected);
            verifying.update(new byte[] {1});
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException broken) {
            return false;
        }
    }

    private static Check.Result failed(String summary, String remedy) {
        return new Check.Result.Failed(Problem.of(Reason.INVALID, summary, remedy));
    }
}
