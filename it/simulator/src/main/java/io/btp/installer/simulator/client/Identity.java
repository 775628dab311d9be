package io.btp.installer.simulator.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server's key with its certificates, the server's own first. */
public record Identity(PrivateKey key, List<Certificate> chain) {
    private static final byte[] ECDSA_SHA256 =
            Der.sequence(new byte[] {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2});
    private static final byte[] RSA_SHA256 = Der.sequence(
            new byte[] {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 11}, new byte[] {5, 0});
    private static final byte[] AUTHORITY = {1, 1, -1};
    private static final byte[] LEAF = {};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Duration LIFE = Duration.ofDays(365);

    public Identity {
        chain = List.copyOf(chain);
    }

    /** Reads what a Secret of type {@code kubernetes.io/tls} holds. */
    public static Identity of(String certificates, String key) throws GeneralSecurityException {
        var chain = Pem.certificates(certificates);
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        return new Identity(Pem.key(key), chain);
    }

    /** Makes a certificate of its own for host names and addresses, signed by its own key. */
    public static Identity selfSigned(Instant now, List<String> hosts) throws GeneralSecurityException {
        var pair = pair();
        var name = Der.sequence(Der.element(
                0x31,
                Der.sequence(
                        new byte[] {6, 3, 0x55, 4, 3},
                        Der.element(0x0c, hosts.getFirst().getBytes(StandardCharsets.UTF_8)))));
        // basicConstraints: an authority, so that clients may trust it by itself
        var body = body(now, hosts, pair.getPublic(), new Names(name, name), AUTHORITY, ECDSA_SHA256);
        return new Identity(pair.getPrivate(), List.of(signed(body, pair.getPrivate(), ECDSA_SHA256)));
    }

    /** Makes a certificate for host names and addresses, signed by this authority; it stands first in the chain. */
    public Identity sign(Instant now, List<String> hosts) throws GeneralSecurityException {
        var pair = pair();
        var issuer =
                ((X509Certificate) chain.getFirst()).getSubjectX500Principal().getEncoded();
        var algorithm = key.getAlgorithm().equals("RSA") ? RSA_SHA256 : ECDSA_SHA256;
        var body = body(now, hosts, pair.getPublic(), new Names(issuer, Der.sequence()), LEAF, algorithm);
        var all = new ArrayList<Certificate>();
        all.add(signed(body, key, algorithm));
        all.addAll(chain);
        return new Identity(pair.getPrivate(), all);
    }

    private record Names(byte[] issuer, byte[] subject) {}

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] body(
            Instant now, List<String> hosts, PublicKey key, Names names, byte[] constraints, byte[] algorithm) {
        return Der.sequence(
                Der.element(0xa0, Der.integer(2)),
                Der.integer(now.toEpochMilli()),
                algorithm,
                names.issuer(),
                Der.sequence(time(now.minus(Duration.ofHours(1))), time(now.plus(LIFE))),
                names.subject(),
                key.getEncoded(),
                Der.element(
                        0xa3,
                        Der.sequence(
                                Der.sequence(
                                        new byte[] {6, 3, 0x55, 0x1d, 0x13},
                                        new byte[] {1, 1, -1},
                                        Der.octets(Der.sequence(constraints))),
                                // critical where the subject is empty (RFC 5280, 4.2.1.6)
                                Der.sequence(
                                        new byte[] {6, 3, 0x55, 0x1d, 0x11},
                                        new byte[] {1, 1, -1},
                                        Der.octets(names(hosts))))));
    }

    private static Certificate signed(byte[] body, PrivateKey key, byte[] algorithm) throws GeneralSecurityException {
        var signature = Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(key);
        signature.update(body);
        var certificate = Der.sequence(body, algorithm, Der.element(0x03, new byte[] {0}, signature.sign()));
        return Pem.certificates(Pem.text("CERTIFICATE", certificate)).getFirst();
    }

    /** Gives the certificates as PEM. */
    public String certificates() {
        var text = new StringBuilder();
        for (var certificate : chain) {
            try {
                text.append(Pem.text("CERTIFICATE", certificate.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a certificate that was read can be written", e);
            }
        }
        return text.toString();
    }

    /** Gives what a server needs that shows this identity to every caller. */
    public SSLContext serving() throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, new char[0], chain.toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException("no empty key store", e);
        }
    }

    private static byte[] time(Instant instant) {
        return Der.element(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] names(List<String> hosts) {
        return Der.sequence(hosts.stream().map(Identity::name).toArray(byte[][]::new));
    }

    private static byte[] name(String host) {
        if (!host.matches("[0-9.]+")) {
            return Der.element(0x82, host.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return Der.element(0x87, InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + host, e);
        }
    }
}
