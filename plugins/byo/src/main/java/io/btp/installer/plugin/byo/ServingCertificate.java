package io.btp.installer.plugin.byo;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A certificate as servers present it: its own first, then those that lead to an authority.
 *
 * @param chain at least one
 */
record ServingCertificate(List<X509Certificate> chain) {
    private static final int DNS_NAME = 2;
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END \\1PRIVATE KEY-----");
    private static final byte[] PROBE = "btp".getBytes(StandardCharsets.UTF_8);

    ServingCertificate {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a certificate has at least itself in its chain");
        }
    }

    /**
     * Reads PEM text.
     *
     * @param source what people know it by, for the problem
     * @throws ProviderException if it holds no certificate
     */
    static ServingCertificate of(String pem, String source) {
        var problem = Problem.of(
                Reason.INVALID,
                "%s holds no certificate in PEM".formatted(source),
                "Give the server's own certificate first, then those that lead to its authority");
        try {
            var chain = new ArrayList<X509Certificate>();
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                chain.add((X509Certificate) certificate);
            }
            if (chain.isEmpty()) {
                throw new ProviderException(problem);
            }
            return new ServingCertificate(chain);
        } catch (CertificateException broken) {
            throw new ProviderException(problem.evidence(List.of(String.valueOf(broken.getMessage()))), broken);
        }
    }

    /** Gives its own, which servers present first. */
    X509Certificate own() {
        return chain.getFirst();
    }

    /** Gives the names that it serves, wildcards included. */
    List<String> hosts() {
        try {
            var names = own().getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
                            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException broken) {
            return List.of();
        }
    }

    /** Says what is wrong with the key in PEM text; empty where it is the certificate's. Never quotes the key. */
    Optional<String> mismatch(String pem) {
        if (pem.contains("ENCRYPTED")) {
            return Optional.of("the key is encrypted, and nobody can be asked for its password");
        }
        var found = KEY.matcher(pem);
        if (!found.find()) {
            return Optional.of("there is no private key in PEM");
        }
        try {
            var der = Base64.getMimeDecoder().decode(found.group(2));
            var key = key(found.group(1).isEmpty() ? der : wrapped(der));
            return isPair(key) ? Optional.empty() : Optional.of("the key belongs to another certificate");
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            return Optional.of("the key does not fit the certificate, which has one of kind "
                    + own().getPublicKey().getAlgorithm());
        }
    }

    private PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        return KeyFactory.getInstance(own().getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private boolean isPair(PrivateKey key) throws GeneralSecurityException {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case String other -> other;
        };
        var signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(PROBE);
        var signed = signing.sign();
        var verifying = Signature.getInstance(algorithm);
        verifying.initVerify(own().getPublicKey());
        verifying.update(PROBE);
        return verifying.verify(signed);
    }

    /** Wraps a key of the older forms (PKCS#1, SEC 1) into PKCS#8, with the algorithm that the certificate names. */
    private byte[] wrapped(byte[] key) {
        var algorithm = first(content(own().getPublicKey().getEncoded()));
        return der(0x30, joined(new byte[] {2, 1, 0}, algorithm, der(0x04, key)));
    }

    private static byte[] content(byte[] der) {
        int start = header(der);
        return java.util.Arrays.copyOfRange(der, start, der.length);
    }

    private static byte[] first(byte[] der) {
        return java.util.Arrays.copyOf(der, header(der) + length(der));
    }

    private static int header(byte[] der) {
        return (der[1] & 0x80) == 0 ? 2 : 2 + (der[1] & 0x7f);
    }

    private static int length(byte[] der) {
        if ((der[1] & 0x80) == 0) {
            return der[1];
        }
        int length = 0;
        for (int i = 2; i < header(der); i++) {
            length = length << 8 | der[i] & 0xff;
        }
        return length;
    }

    private static byte[] der(int tag, byte[] content) {
        var header = content.length < 128
                ? new byte[] {(byte) tag, (byte) content.length}
                : content.length < 256
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) content.length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return joined(header, content);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Says where the chain breaks; empty where each certificate is signed by the one behind it. */
    Optional<String> gap() {
        for (int i = 0; i + 1 < chain.size(); i++) {
            try {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            } catch (GeneralSecurityException unsigned) {
                return Optional.of("%s is not signed by %s, which stands behind it"
                        .formatted(
                                chain.get(i).getSubjectX500Principal(),
                                chain.get(i + 1).getSubjectX500Principal()));
            }
        }
        return Optional.empty();
    }
}
