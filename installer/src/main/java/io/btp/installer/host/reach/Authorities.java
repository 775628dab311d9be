package io.btp.installer.host.reach;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificate authorities that TLS trusts.
 *
 * @param certificates theirs
 */
public record Authorities(List<X509Certificate> certificates) {
    /** Copies the list. */
    public Authorities {
        certificates = List.copyOf(certificates);
    }

    /** Gives those that this Java trusts. */
    public static Authorities publicOnes() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return new Authorities(managers(factory)
                    .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                    .toList());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("every Java platform knows public authorities", broken);
        }
    }

    /**
     * Reads authorities.
     *
     * @param pem text of certificates; blank for none
     * @throws ProviderException if it is anything else
     */
    public static Authorities of(String pem) {
        if (pem.isBlank()) {
            return new Authorities(List.of());
        }
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!found.isEmpty()) {
                return new Authorities(found);
            }
            throw new CertificateException("it holds no certificate");
        } catch (CertificateException unreadable) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.INVALID,
                                    "The certificate authorities to trust cannot be read, expected PEM text",
                                    "Name a file with one or more certificates between BEGIN and END CERTIFICATE")
                            .evidence(List.of(String.valueOf(unreadable.getMessage()))),
                    unreadable);
        }
    }

    /** Trusts these, too. */
    public Authorities and(Authorities others) {
        var all = new ArrayList<>(certificates);
        all.addAll(others.certificates());
        return new Authorities(all);
    }

    /** Gives the manager that verifies chains against them. */
    public X509TrustManager manager() {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : certificates) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return managers(factory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Java verifies X.509 chains"));
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("every Java platform can hold certificates in memory", broken);
        }
    }

    /** Gives a context whose connections trust them. */
    public SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager()}, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("every Java platform can do TLS", broken);
        }
    }

    /** Gives them as PEM text, for programs that read a file. */
    public String pem() {
        var text = new StringBuilder();
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        for (var certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(encoder.encodeToString(encoded(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException broken) {
            throw new IllegalStateException("a certificate that was read can be written", broken);
        }
    }

    private static Stream<X509TrustManager> managers(TrustManagerFactory factory) {
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast);
    }
}
