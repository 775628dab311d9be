package io.btp.installer.answers;

import io.btp.installer.api.Question;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes what a person typed as it stands in an answers file. */
public final class Written {
    /** Texts that need no quotes, in braces neither; among them addresses, paths and quantities. */
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9/~][A-Za-z0-9_./@+-]*(://[A-Za-z0-9_./@+-]+(:[0-9]+)?[A-Za-z0-9_./@+-]*)?");

    /** An escape of {@link Canonical}. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9A-F]{4}|U[0-9A-F]{8}|.)");

    private Written() {}

    /**
     * Writes the answer to a question. What does not fit the question is written all the same, for the one place that
     * says what is wrong with answers.
     *
     * @param typed on one line; a list with commas between, or as YAML
     */
    public static String of(Question<?> question, String typed) {
        var text = typed.strip();
        return switch (question.kind()) {
            case PORT, INTEGER, FLAG -> isWord(text) ? text : text(text);
            case TREE, FORMS -> text;
            case TEXTS -> text.startsWith("[") ? text : list(text);
            case TEXT, LABEL, HOST, EMAIL, CIDR, QUANTITY, DURATION, URL, CHOICE, PATH, SECRET -> text(text);
        };
    }

    /**
     * Writes an answer that a program has; empty where a person could not type it, for example with a blank at its end.
     *
     * @param answer of the question's type
     */
    public static Optional<String> answer(Question<?> question, Object answer) {
        var text = Explanation.plain(answer);
        return text.equals(text.strip()) && !text.isEmpty() ? Optional.of(of(question, text)) : Optional.empty();
    }

    /** Gives what would have to be typed for an answer that is written so; the reverse of {@link #of}. */
    public static String typed(String yaml) {
        var point = new StringBuilder();
        if (yaml.length() < 2 || !yaml.startsWith("\"") || !yaml.endsWith("\"")) {
            return yaml;
        }
        var escapes = ESCAPE.matcher(yaml.substring(1, yaml.length() - 1));
        while (escapes.find()) {
            escapes.appendReplacement(point, Matcher.quoteReplacement(unescaped(escapes.group(1))));
        }
        return escapes.appendTail(point).toString();
    }

    private static String unescaped(String escape) {
        return switch (escape.charAt(0)) {
            case 'n' -> "\n";
            case 'u', 'U' -> Character.toString(Integer.parseInt(escape.substring(1), 16));
            default -> escape;
        };
    }

    private static String text(String text) {
        return PLAIN.matcher(text).matches() && Node.Scalar.typeOf(text) == Node.Type.TEXT
                ? text
                : Canonical.scalar(text);
    }

    private static boolean isWord(String text) {
        return text.matches("[A-Za-z0-9+.-]+");
    }

    private static String list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(Written::text)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
