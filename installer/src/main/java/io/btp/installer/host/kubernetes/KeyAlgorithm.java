package io.btp.installer.host.kubernetes;

import java.util.Base64;
import java.util.HexFormat;

/** Tells which kind of private key a PEM text holds, which the client does not find out itself for PKCS#8. */
final class KeyAlgorithm {
    // The object identifier 1.2.840.10045.2.1 (id-ecPublicKey) in DER, which names the algorithm in a PKCS#8 key.
    private static final String EC_IDENTIFIER = "06072a8648ce3d0201";

    private KeyAlgorithm() {}

    static String of(String pem) {
        if (pem.contains("BEGIN EC PRIVATE KEY")) {
            return "EC";
        }
        if (!pem.contains("BEGIN PRIVATE KEY")) {
            return "RSA";
        }
        var body = pem.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----(.*)-----END PRIVATE KEY-----.*", "$1");
        var der = HexFormat.of().formatHex(Base64.getMimeDecoder().decode(body));
        return der.contains(EC_IDENTIFIER) ? "EC" : "RSA";
    }
}
