package io.btp.installer.simulator.client;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes the few elements of DER (X.690) that certificates and keys are made of. */
final class Der {
    private Der() {}

    static byte[] element(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        var length = content.size();
        if (length > 0xffff) {
            throw new IllegalArgumentException("larger than a certificate or key can be: " + length);
        }
        if (length > 0xff) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 0x7f) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return element(0x30, parts);
    }

    static byte[] integer(long value) {
        return element(0x02, BigInteger.valueOf(value).toByteArray());
    }

    static byte[] octets(byte[] value) {
        return element(0x04, value);
    }
}
