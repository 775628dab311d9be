package io.btp.installer.it;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Secrets that are searched for: as they are, and as they look within other texts, such as Base64 at any place of a longer
 * one, a connection string, JSON or YAML. What is packed, or Base64 as a whole, is searched inside, too.
 */
public final class Canaries {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_UNPACKED = 256 << 20;
    private static final int BEGINNING = 8;
    private static final int BEGINNINGS = 1 << 20;
    /** Characters that each way of writing writes in its own way. */
    private static final String ODD = " \"q'u\\o&t<e>/é+%=:@#";
    /** A line end within a long text, with what stands around it. */
    private static final Pattern BROKEN_LINE = Pattern.compile("\\\\?\\s*\\n[ \\t]*");

    private static final Pattern WHOLE_BASE64 = Pattern.compile("[A-Za-z0-9+/\\r\\n]{16,}={0,2}\\s*");
    private final Map<Long, List<Form>> forms = new ConcurrentHashMap<>();
    private final BitSet beginnings = new BitSet(BEGINNINGS);

    /** One way that a secret may be written, as characters of one byte each. */
    private record Form(String name, String text) {}

    /** Gives a secret that nothing else holds, with characters that each way of writing writes differently. */
    public static String odd(String name) {
        return "cnry-" + name + "-" + Integer.toHexString(name.hashCode()) + ODD;
    }

    /** Gives one of hexadecimal digits. */
    public static String hexadecimal(String name, int length) {
        return ("c0ffee" + HexFormat.of().toHexDigits(name.hashCode()))
                .repeat(length)
                .substring(0, length);
    }

    /** Searches for this one, too. */
    public Canaries with(String name, String secret) {
        for (var form : forms(secret)) {
            if (form.length() < BEGINNING) {
                throw new IllegalArgumentException("too short to be found by: " + name);
            }
            long beginning = 0;
            for (int at = 0; at < BEGINNING; at++) {
                beginning = beginning << 8 | form.charAt(at);
            }
            forms.computeIfAbsent(beginning, any -> new CopyOnWriteArrayList<>())
                    .add(new Form(name, form));
            beginnings.set(place(beginning));
        }
        return this;
    }

    private static int place(long beginning) {
        return (int) (beginning * 0x9E3779B97F4A7C15L >>> 44);
    }

    /** Gives the names of those that a content holds. */
    public Set<String> in(byte[] content) {
        var found = new TreeSet<String>();
        search(content, 0, found);
        return found;
    }

    /** Gives the names of those that a text holds. */
    public Set<String> in(String text) {
        return in(text.getBytes(StandardCharsets.UTF_8));
    }

    private void search(byte[] content, int depth, Set<String> found) {
        var text = latin(content);
        look(text, found);
        look(BROKEN_LINE.matcher(text).replaceAll(""), found);
        if (depth < 4) {
            if (content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b) {
                search(unpacked(content), depth + 1, found);
            } else if (WHOLE_BASE64.matcher(text).matches()) {
                search(decoded(text), depth + 1, found);
            }
        }
    }

    /** Looks at each place once, however many secrets there are: what begins like one of them is compared. */
    private void look(String text, Set<String> found) {
        long beginning = 0;
        for (int at = 0; at < text.length(); at++) {
            beginning = beginning << 8 | text.charAt(at);
            if (beginnings.get(place(beginning))) {
                int start = at - BEGINNING + 1;
                forms.getOrDefault(beginning, List.of()).stream()
                        .filter(form -> text.startsWith(form.text(), start))
                        .forEach(form -> found.add(form.name()));
            }
        }
    }

    private static byte[] unpacked(byte[] content) {
        try (var stream = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return stream.readNBytes(MOST_UNPACKED);
        } catch (IOException notPacked) {
            return new byte[0];
        }
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** Any bytes as a text, one character each. */
    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Set<String> forms(String secret) {
        var forms = new LinkedHashSet<String>();
        for (var text : texts(secret)) {
            for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                var bytes = text.getBytes(charset);
                forms.add(latin(bytes));
                for (int shift = 0; shift < 3; shift++) {
                    base64(bytes, shift, forms);
                }
                forms.add(HexFormat.of().formatHex(bytes));
                forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
            }
        }
        return forms;
    }

    /** Gives the ways to write it within other texts. */
    private static Set<String> texts(String secret) {
        var json = JSON.writeValueAsString(secret);
        var quoted = json.substring(1, json.length() - 1);
        var forGo = quoted.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
        var url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return new LinkedHashSet<>(List.of(
                secret,
                quoted,
                twice(quoted),
                twice(forGo),
                quoted.replace("/", "\\/"),
                forGo,
                ascii(quoted),
                ascii(forGo),
                secret.replace("'", "''"),
                secret.replace("'", "'\\''"),
                secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
                url,
                url.replace("+", "%20"),
                url.replace("%27", "'").replace("+", "%20")));
    }

    private static String twice(String json) {
        return json.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String ascii(String json) {
        var ascii = new StringBuilder();
        json.chars().forEach(it -> ascii.append(it < 0x80 ? String.valueOf((char) it) : "\\u%04x".formatted(it)));
        return ascii.toString();
    }

    /** Adds how it looks in the Base64 of a longer text, when it begins at this place of a group of three. */
    private static void base64(byte[] bytes, int shift, Set<String> forms) {
        var shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        int begin = shift == 0 ? 0 : 4;
        int end = shifted.length * 8 / 6;
        forms.add(Base64.getEncoder().encodeToString(shifted).substring(begin, end));
        forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(begin, end));
    }
}
