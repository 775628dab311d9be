package io.btp.installer.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Detached signatures over a {@link DigestList}, as openssl makes them: Ed25519, or ECDSA with SHA-256. */
final class Signature {
    private static final Pattern PEM = Pattern.compile(
            "\\s*-----BEGIN PUBLIC KEY-----\\s*([A-Za-z0-9+/=\\s]{1,4000}?)-----END PUBLIC KEY-----\\s*");
    private static final int MOST_BYTES = 4096;

    private Signature() {}

    /** Reads a public key in PEM, as {@code openssl pkey -pubout} writes it. */
    static PublicKey key(Path file) {
        try {
            var pem = PEM.matcher(new String(beginning(file), StandardCharsets.ISO_8859_1));
            if (pem.matches()) {
                return key(pem.group(1).replaceAll("\\s", "")).orElseThrow(() -> unusable(file, "is of another kind"));
            }
            throw unusable(file, "has no -----BEGIN PUBLIC KEY-----");
        } catch (IOException unreadable) {
            throw unusable(file, "cannot be read");
        }
    }

    private static byte[] beginning(Path file) throws IOException {
        try (var content = Files.newInputStream(file)) {
            return content.readNBytes(MOST_BYTES);
        }
    }

    private static PluginRejected unusable(Path file, String why) {
        return new PluginRejected(
                "The key " + file + " " + why,
                "Give the public half in PEM of an Ed25519 or EC key: openssl pkey -in KEY -pubout");
    }

    /** Reads a public key from the base64 text within a PEM. */
    static Optional<PublicKey> key(String base64) {
        for (var algorithm : List.of("Ed25519", "EC")) {
            try {
                var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
                return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(encoded));
            } catch (GeneralSecurityException | IllegalArgumentException anotherKind) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** Gives the base64 text of a key. */
    static String text(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** Tells whether a plugin directory has a signature. */
    static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(DigestList.SIGNATURE));
    }

    /** Tells whether a directory's signature was made with this key over this list. */
    static boolean isBy(PublicKey key, Path directory, DigestList digests) {
        try {
            var algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
            var verifier = java.security.Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(digests.text());
            return isIn(directory) && verifier.verify(beginning(directory.resolve(DigestList.SIGNATURE)));
        } catch (IOException | GeneralSecurityException noSignature) {
            return false;
        }
    }
}
