package io.btp.installer.host.helm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads the one thing that is needed of the Kubernetes API's binary form: the data of a Secret.
 *
 * <p>The form is {@code k8s\0} and a message {@code runtime.Unknown}, whose field 2 is the Secret: metadata (1, with the
 * name in its field 1) and data entries (2, each with key 1 and value 2).
 */
final class Protobuf {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private final byte[] bytes;
    private int at;

    private Protobuf(byte[] bytes) {
        this.bytes = bytes;
    }

    private record Field(int number, byte[] value) {}

    /** A Secret's name and one field of its data. */
    record SecretField(String name, byte[] value) {}

    static boolean isBinary(byte[] body) {
        return body.length > MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(body, MAGIC.length));
    }

    /** Gives a field of a Secret; empty where it is none or has no such field. */
    static Optional<SecretField> secret(byte[] body, String key) {
        try {
            var secret = first(fields(Arrays.copyOfRange(body, MAGIC.length, body.length)), 2)
                    .orElse(new byte[0]);
            var fields = fields(secret);
            var name = first(fields, 1)
                    .flatMap(metadata -> first(fields(metadata), 1))
                    .map(Protobuf::text);
            var value = fields.stream()
                    .filter(field -> field.number() == 2)
                    .map(field -> fields(field.value()))
                    .filter(entry -> first(entry, 1)
                            .map(Protobuf::text)
                            .filter(key::equals)
                            .isPresent())
                    .findFirst()
                    .flatMap(entry -> first(entry, 2));
            return name.flatMap(known -> value.map(bytes -> new SecretField(known, bytes)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException cut) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> first(List<Field> fields, int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(Field::value)
                .findFirst();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<Field> fields(byte[] message) {
        var reader = new Protobuf(message);
        var fields = new ArrayList<Field>();
        while (reader.at < message.length) {
            long tag = reader.number();
            int length = switch ((int) (tag & 7)) {
                case 0 -> reader.skippedNumber();
                case 1 -> 8;
                case 2 -> (int) reader.number();
                case 5 -> 4;
                default -> throw new IllegalArgumentException("no such type of field: " + (tag & 7));
            };
            if (length < 0 || length > message.length - reader.at) {
                throw new IllegalArgumentException("the message is cut");
            }
            fields.add(new Field((int) (tag >> 3), Arrays.copyOfRange(message, reader.at, reader.at + length)));
            reader.at += length;
        }
        return fields;
    }

    private int skippedNumber() {
        number();
        return 0;
    }

    private long number() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes[at++];
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }
}
