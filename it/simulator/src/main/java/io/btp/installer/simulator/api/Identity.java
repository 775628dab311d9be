package io.btp.installer.simulator.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The key and the certificate of the server. Clients written in Go send a token only where the connection is TLS, so
 * there has to be a certificate: it is signed by its own key and names 127.0.0.1 and localhost.
 *
 * @param certificate in DER
 * @param key in PKCS 8
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the bytes are what is stored.
record Identity(byte[] certificate, byte[] key) {
    private static final byte[] ECDSA_WITH_SHA256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2};
    private static final byte[] COMMON_NAME = {0x06, 3, 0x55, 4, 3};
    private static final byte[] BASIC_CONSTRAINTS = {0x06, 3, 0x55, 0x1d, 0x13};
    private static final byte[] ALTERNATIVE_NAMES = {0x06, 3, 0x55, 0x1d, 0x11};
    private static final byte[] TRUE = {1, 1, (byte) 0xff};
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    static Identity fresh() {
        try {
            return generated();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has what a certificate needs", missing);
        }
    }

    private static Identity generated() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        return new Identity(certificate(pair), pair.getPrivate().getEncoded());
    }

    private static byte[] certificate(KeyPair pair) throws GeneralSecurityException {
        var algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
        var commonName = der(SEQUENCE, COMMON_NAME, der(0x0c, ascii("btp sandbox")));
        var name = der(SEQUENCE, der(0x31, commonName));
        var validity = der(SEQUENCE, der(0x17, ascii("200101000000Z")), der(0x17, ascii("490101000000Z")));
        var constraints = der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, der(OCTETS, der(SEQUENCE, TRUE)));
        var names = der(SEQUENCE, der(0x82, ascii("localhost")), der(0x87, new byte[] {127, 0, 0, 1}));
        var extensions = der(0xa3, der(SEQUENCE, constraints, der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTETS, names))));
        var serial = der(
                0x02, new BigInteger(63, new SecureRandom()).add(BigInteger.ONE).toByteArray());
        var version = der(0xa0, der(0x02, new byte[] {2}));
        var content = der(
                SEQUENCE,
                version,
                serial,
                algorithm,
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                extensions);
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        return der(SEQUENCE, content, algorithm, der(0x03, new byte[] {0}, signature.sign()));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length > 255) {
            whole.write(0x82);
            whole.write(length >> 8);
        } else if (length > 127) {
            whole.write(0x81);
        }
        whole.write(length & 0xff);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    String pem() {
        var lines = Base64.getMimeEncoder(64, ascii("\n")).encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    /** Gives what a server needs that shows the certificate. */
    SSLContext serving() throws IOException {
        try {
            return context();
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the certificate of the sandbox cannot be used", unusable);
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        var store = empty();
        PrivateKey secret = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key));
        store.setKeyEntry("server", secret, new char[0], new Certificate[] {parsed()});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** Gives what a client needs that trusts this certificate alone. */
    SSLContext trusting() throws IOException {
        try {
            var store = empty();
            store.setCertificateEntry("server", parsed());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new IOException("the certificate of the sandbox cannot be used", unusable);
        }
    }

    private Certificate parsed() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    @Override
    public String toString() {
        return "Identity";
    }
}
