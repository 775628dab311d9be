package io.btp.installer.host.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ways that confidential texts may be written within others: as they are, in JSON, YAML and addresses, and as Base64 at
 * any place of a longer text. A chart or a server may quote what it was given in each of them.
 */
public final class Spellings {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** A part of the Base64 of a shorter text would be found by chance. */
    private static final int SHORTEST_PART = 8;

    private Spellings() {}

    /** Gives all spellings of all texts, the longest first, so that none is cut by a part of it. */
    public static List<String> of(Collection<String> texts) {
        var spellings = new LinkedHashSet<String>();
        for (var text : texts) {
            for (var written : written(text)) {
                spellings.add(written);
                addBase64(written.getBytes(StandardCharsets.UTF_8), spellings);
            }
        }
        return spellings.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Set<String> written(String text) {
        var json = JSON.writeValueAsString(text);
        var quoted = json.substring(1, json.length() - 1);
        // Go writes these three so that JSON can stand in a web page.
        var ofGo = quoted.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
        var address = URLEncoder.encode(text, StandardCharsets.UTF_8);
        var all = new LinkedHashSet<>(List.of(
                text,
                quoted,
                ofGo,
                text.replace("'", "''"),
                address,
                address.replace("+", "%20"),
                URLEncoder.encode(quoted, StandardCharsets.UTF_8),
                URLEncoder.encode(ofGo, StandardCharsets.UTF_8)));
        all.add(quotedAgain(quoted));
        all.add(quotedAgain(ofGo));
        return all;
    }

    private static String quotedAgain(String json) {
        return json.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /** What stands before and after decides on the first and the last characters: these are left out. */
    private static void addBase64(byte[] bytes, Set<String> spellings) {
        var encoder = Base64.getEncoder();
        spellings.add(encoder.encodeToString(bytes));
        if (bytes.length < SHORTEST_PART) {
            return;
        }
        for (int shift = 0; shift < 3; shift++) {
            var shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            var encoded = encoder.encodeToString(shifted);
            var part = encoded.substring(shift == 0 ? 0 : 4, shifted.length * 8 / 6);
            spellings.add(part);
            spellings.add(part.replace('+', '-').replace('/', '_'));
        }
    }
}
