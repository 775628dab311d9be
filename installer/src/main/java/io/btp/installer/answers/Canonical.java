package io.btp.installer.answers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects the answers in force and writes them as YAML that depends on nothing but them. */
final class Canonical {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final List<Origin> origins = new ArrayList<>();

    /** Notes a value; a dot in the path leads into a nested mapping. */
    void put(String path, Object plain, Provenance where) {
        put(List.of(path.split("\\.")), plain, where);
    }

    @SuppressWarnings("unchecked") // every inner mapping was made here
    void put(List<String> path, Object plain, Provenance where) {
        var mapping = tree;
        for (var part : path.subList(0, path.size() - 1)) {
            mapping = (Map<String, Object>) mapping.computeIfAbsent(part, it -> new LinkedHashMap<String, Object>());
        }
        mapping.put(path.getLast(), plain);
        origins.add(new Origin(String.join(".", path), flow(plain), where));
    }

    Map<String, Object> tree() {
        return tree;
    }

    List<Origin> origins() {
        return origins;
    }

    String text() {
        var text = new StringBuilder();
        block(tree, "", text);
        return text.toString();
    }

    private static void block(Map<?, ?> mapping, String indent, StringBuilder text) {
        mapping.forEach((key, value) -> {
            text.append(indent).append(scalar(String.valueOf(key))).append(':');
            if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                text.append('\n');
                block(inner, indent + "  ", text);
            } else {
                text.append(' ').append(flow(value)).append('\n');
            }
        });
    }

    /** Writes what was given at one place, on one line. */
    static String flow(Node node) {
        return switch (node) {
            case Node.Scalar scalar when scalar.type() == Node.Type.TEXT -> scalar(scalar.text());
            case Node.Scalar scalar -> scalar.text();
            case Node.Items items ->
                "["
                        + String.join(
                                ", ",
                                items.items().stream().map(Canonical::flow).toList()) + "]";
            case Node.Mapping mapping -> {
                var entries = new ArrayList<String>();
                mapping.entries().forEach((key, entry) -> entries.add(scalar(key) + ": " + flow(entry.value())));
                yield "{" + String.join(", ", entries) + "}";
            }
            case Node.Contents contents -> scalar("${file:" + contents.file() + "}");
            case Node.Refused ignored -> "";
        };
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> mapping -> {
                var entries = new ArrayList<String>();
                mapping.forEach((key, inner) -> entries.add(scalar(String.valueOf(key)) + ": " + flow(inner)));
                yield "{" + String.join(", ", entries) + "}";
            }
            case List<?> list ->
                "[" + String.join(", ", list.stream().map(item -> flow(item)).toList()) + "]";
            case String text -> scalar(text);
            case Double number when number.isNaN() -> ".nan";
            case Double number when number.isInfinite() -> number > 0 ? ".inf" : "-.inf";
            case Object other -> other.toString();
        };
    }

    /** Writes a text so that it is read as text. */
    static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && Node.Scalar.typeOf(text) == Node.Type.TEXT) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> escape(point, quoted));
        return quoted.append('"').toString();
    }

    private static void escape(int point, StringBuilder quoted) {
        if (point == '"' || point == '\\') {
            quoted.append('\\').append((char) point);
        } else if ((point >= ' ' && point < 0x7F) || (point >= 0xA0 && Character.isLetterOrDigit(point))) {
            quoted.appendCodePoint(point);
        } else if (point == '\n') {
            quoted.append("\\n");
        } else {
            quoted.append(point > 0xFFFF ? "\\U%08X".formatted(point) : "\\u%04X".formatted(point));
        }
    }
}
