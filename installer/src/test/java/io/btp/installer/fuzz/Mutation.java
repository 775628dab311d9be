package io.btp.installer.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Damages an input: its bytes, its words, or the tree that it holds. */
final class Mutation {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int DEEP = 3000;

    /** What readers of numbers, names, paths, times and references stumble over. */
    private static final List<Object> ODD = List.of(
            "",
            " ",
            "null",
            "~",
            "true",
            -1,
            0,
            Long.MAX_VALUE,
            1e300,
            Double.NaN,
            "1e999999999",
            "9".repeat(400),
            "0x7fffffffffffffff",
            "99999999999999999Ei",
            "999999h",
            "2026-13-45T99:99:99Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "\u0000",
            "\u001b[31mred\u001b]0;title\u0007",
            "\u009b31m",
            "\u202egnp.exe",
            "\ud800",
            "\ud83d\ude80",
            "\r\n\r\n",
            "../../../../etc/passwd",
            "/",
            "/dev/zero",
            "a/".repeat(2000),
            "/proc/self/mem",
            "file:///etc/passwd",
            "oci://",
            "oci://r.example",
            "https://[::1",
            "http://a:b@c:99999/%zz?#",
            "::ffff:1.2.3.4",
            "10.0.0.0/33",
            "${env:HOME}",
            "${file:/dev/zero}",
            "${exec:'}",
            "${prompt}",
            "&a",
            "*a",
            "!!java.lang.Object",
            "<<",
            "x".repeat(100_000),
            "a: ".repeat(2000),
            "-1.".repeat(3000),
            List.of(),
            Map.of(),
            List.of(List.of(), Map.of("", "")));

    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "\n",
            "\t",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "<<: *a",
            "!!binary ",
            "|\n",
            ">-\n",
            "---\n",
            "...\n",
            "? ",
            ",",
            "%YAML 9.9\n",
            "\\",
            "\u0000",
            "\u001b[2J",
            "\ufeff",
            "\u2028",
            "\ud83d\ude80");

    private final Random random;
    private final List<byte[]> pool;

    /** @param pool what has been of interest so far, to be crossed with */
    Mutation(Random random, List<byte[]> pool) {
        this.random = random;
        this.pool = pool;
    }

    byte[] of(byte[] input) {
        var damaged = input;
        for (int rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
            damaged = random.nextBoolean() ? bytes(damaged) : tree(damaged);
        }
        return damaged;
    }

    private byte[] bytes(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(Math.min(input.length - from, 64) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> flipped(input);
            case 1 -> Arrays.copyOf(input, from);
            case 2 -> joined(input, from, new byte[0], to);
            case 3 -> joined(input, to, Arrays.copyOfRange(input, from, to), to);
            case 4 -> joined(input, from, word(), from);
            case 5 -> joined(input, from, word(), to);
            default -> crossed(input, from);
        };
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] flipped(byte[] input) {
        var flipped = input.clone();
        for (int count = 1 + random.nextInt(4); count > 0 && flipped.length > 0; count--) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] crossed(byte[] input, int from) {
        var other = pool.get(random.nextInt(pool.size()));
        int begin = random.nextInt(other.length + 1);
        return joined(input, from, Arrays.copyOfRange(other, begin, other.length), input.length);
    }

    private static byte[] joined(byte[] input, int end, byte[] middle, int begin) {
        var joined = Arrays.copyOf(input, end + middle.length + input.length - begin);
        System.arraycopy(middle, 0, joined, end, middle.length);
        System.arraycopy(input, begin, joined, end + middle.length, input.length - begin);
        return joined;
    }

    /** Damages the tree of a text in JSON or YAML; the bytes, where it is neither. */
    private byte[] tree(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        if (input.length > 200_000) {
            return bytes(input);
        }
        try {
            if (text.startsWith("{")) {
                return JSON.writeValueAsBytes(damaged(JSON.readValue(text, Object.class), 0));
            }
            var loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
            var dump = new Dump(DumpSettings.builder().build());
            return loaded instanceof Map
                    ? dump.dumpToString(damaged(loaded, 0)).getBytes(StandardCharsets.UTF_8)
                    : bytes(input);
        } catch (YamlEngineException
                | JacksonException
                | StackOverflowError
                | ClassCastException
                | NumberFormatException
                | IndexOutOfBoundsException noTree) {
            return bytes(input);
        }
    }

    private @Nullable Object damaged(@Nullable Object node, int depth) {
        if (depth > 0 && random.nextInt(4) == 0) {
            return replaced(node);
        }
        if (node instanceof Map<?, ?> map && !map.isEmpty()) {
            return damaged(new LinkedHashMap<Object, @Nullable Object>(map), depth);
        }
        if (node instanceof List<?> list && !list.isEmpty()) {
            var changed = new ArrayList<@Nullable Object>(list);
            int at = random.nextInt(changed.size());
            switch (random.nextInt(5)) {
                case 0 -> changed.remove(at);
                case 1 -> changed.addAll(list);
                default -> changed.set(at, damaged(changed.get(at), depth + 1));
            }
            return changed;
        }
        return replaced(node);
    }

    private Map<Object, @Nullable Object> damaged(Map<Object, @Nullable Object> map, int depth) {
        var key = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
        switch (random.nextInt(7)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(String.valueOf(odd()), map.remove(key));
            case 2 -> map.put(key + "x", odd());
            default -> map.put(key, damaged(map.get(key), depth + 1));
        }
        return map;
    }

    private @Nullable Object replaced(@Nullable Object node) {
        return switch (random.nextInt(9)) {
            case 0 -> null;
            case 1 -> List.of(node == null ? "" : node);
            case 2 -> Map.of("x", node == null ? "" : node);
            case 3 -> String.valueOf(node);
            case 4 -> nested(random.nextInt(DEEP));
            default -> odd();
        };
    }

    private Object odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private static Object nested(int depth) {
        Object inner = "x";
        for (int level = 0; level < depth; level++) {
            inner = level % 2 == 0 ? List.of(inner) : Map.of("a", inner);
        }
        return inner;
    }
}
