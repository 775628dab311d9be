package io.btp.installer.simulator.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads and writes certificates and keys as PEM. */
public final class Pem {
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final byte[] RSA = {
        0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
    };
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private Pem() {}

    /** Reads all certificates of a text, in their order. */
    public static List<Certificate> certificates(String text) throws GeneralSecurityException {
        var certificates = new ArrayList<Certificate>();
        var factory = CertificateFactory.getInstance("X.509");
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE")) {
                certificates.add(factory.generateCertificate(new ByteArrayInputStream(decode(blocks.group(2)))));
            }
        }
        return certificates;
    }

    /** Makes a store of what is trusted. */
    public static KeyStore trusted(String text) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var certificate : certificates(text)) {
                store.setCertificateEntry("ca" + store.size(), certificate);
            }
            return store;
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException("no empty key store", e);
        }
    }

    /** Reads the first private key of a text: PKCS#8, PKCS#1 (RSA) or SEC1 (EC). */
    public static PrivateKey key(String text) throws GeneralSecurityException {
        var blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            var body = decode(blocks.group(2));
            switch (blocks.group(1)) {
                case "PRIVATE KEY" -> {
                    return pkcs8(body);
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(wrapped(RSA, body));
                }
                case "EC PRIVATE KEY" -> {
                    return pkcs8(wrapped(join(EC, curve(body)), body));
                }
                default -> {}
            }
        }
        throw new InvalidKeySpecException("no private key in PKCS#8, PKCS#1 or SEC1");
    }

    public static String text(String type, byte[] body) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(body);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, lines, type);
    }

    private static byte[] decode(String body) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new InvalidKeySpecException("a PEM block is not base64", e);
        }
    }

    private static PrivateKey pkcs8(byte[] body) throws GeneralSecurityException {
        InvalidKeySpecException refusal = new InvalidKeySpecException("neither an RSA, an EC nor an EdDSA key");
        for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(body));
            } catch (InvalidKeySpecException e) {
                refusal.addSuppressed(e);
            }
        }
        throw refusal;
    }

    /** PrivateKeyInfo (RFC 5208): version 0, the algorithm, the key in its own form. */
    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return Der.sequence(Der.integer(0), Der.sequence(algorithm), Der.octets(key));
    }

    /** ECPrivateKey (RFC 5915) names its curve in element [0], whose content starts with an object identifier. */
    private static byte[] curve(byte[] key) throws InvalidKeySpecException {
        for (var at = 0; at + 4 < key.length; at++) {
            if ((key[at] & 0xff) == 0xa0
                    && key[at + 2] == 0x06
                    && key[at + 1] == key[at + 3] + 2
                    && at + 4 + key[at + 3] <= key.length) {
                return java.util.Arrays.copyOfRange(key, at + 2, at + 4 + key[at + 3]);
            }
        }
        throw new InvalidKeySpecException("the EC key names no curve");
    }

    private static byte[] join(byte[] first, byte[] second) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
