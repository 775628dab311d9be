package io.btp.installer.testkit;

import io.btp.installer.api.contract.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Secrets that are found wherever they get to: each holds the same word, which nothing else holds. */
final class Canary {
    private static final String WORD = "cAnArYbIrD7";
    /** Its characters are hexadecimal digits, for secrets that are nothing else. */
    private static final String HEX = "c0ffee5ca1ab1e0dd5c0ffee";

    private Canary() {}

    static Secret secret(String name) {
        return Secret.of(text(name));
    }

    static String text(String name) {
        return WORD + "-" + name + "-" + Integer.toHexString(name.hashCode());
    }

    /** Gives a secret of the length and alphabet of one that was generated; always the same for a name. */
    static Secret like(String name, Secret generated) {
        var value = generated.reveal();
        var word = (value.matches("[0-9a-f]+") ? HEX : WORD)
                + HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
        return Secret.of(word.repeat(1 + value.length() / word.length()).substring(0, value.length()));
    }

    /** Finds a canary in a text, in any of the usual encodings; gives what surrounds it. */
    static Optional<String> in(String text) {
        return Stream.of(WORD, HEX)
                .flatMap(Canary::encodings)
                .filter(text::contains)
                .findFirst()
                .map(found -> {
                    int at = text.indexOf(found);
                    return text.substring(Math.max(0, at - 60), Math.min(text.length(), at + found.length() + 20));
                });
    }

    private static Stream<String> encodings(String word) {
        var bytes = word.getBytes(StandardCharsets.UTF_8);
        // Base64 depends on where in its group of three a word begins: the middle is the same for each of the three.
        var shifted = IntStream.range(0, 3).mapToObj(shift -> {
            var padded = " ".repeat(shift) + word;
            var encoded = Base64.getEncoder().withoutPadding().encodeToString(padded.getBytes(StandardCharsets.UTF_8));
            return encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 2);
        });
        return Stream.concat(
                shifted,
                Stream.of(
                        word,
                        URLEncoder.encode(word, StandardCharsets.UTF_8),
                        HexFormat.of().formatHex(bytes),
                        HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT),
                        new StringBuilder(word).reverse().toString()));
    }
}
