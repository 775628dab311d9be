package io.btp.installer.screen;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text that every terminal shows alike and that does nothing to it. Terminals and libraries disagree on the width of emoji,
 * of combining marks and of most scripts that need them; such characters become a question mark.
 */
public final class SafeText {
    private static final Pattern SEQUENCE = Pattern.compile(
            "\\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?|[ -/]*[0-~]?)");
    private static final String MARKS = "─│┼█░▸✓✗•·…→←↑↓";

    private SafeText() {}

    /** Makes a text safe; it becomes one line. */
    public static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        var safe = new StringBuilder();
        Normalizer.normalize(SEQUENCE.matcher(text).replaceAll(""), Normalizer.Form.NFC)
                .codePoints()
                .forEach(point -> append(point, safe));
        return safe.toString();
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(character -> character >= ' ' && character < 0x7f);
    }

    private static void append(int point, StringBuilder safe) {
        if (Character.isISOControl(point) || Character.isWhitespace(point) || Character.isSpaceChar(point)) {
            safe.append(' ');
        } else if (Character.getType(point) != Character.FORMAT) {
            safe.appendCodePoint(width(point) == 0 ? '?' : point);
        }
    }

    /** Gives the columns of a character; 0 where nobody knows. */
    private static int width(int point) {
        if (point < 0x7f || MARKS.indexOf(point) >= 0) {
            return 1;
        }
        if (point < 0x250 && point >= 0xa1) {
            return Character.getType(point) == Character.FORMAT ? 0 : 1;
        }
        if (!Character.isLetter(point) || point > 0xffff) {
            return 0;
        }
        return switch (UnicodeScript.of(point)) {
            case LATIN, GREEK, CYRILLIC -> point < 0x2000 ? 1 : 0;
            case HAN, HIRAGANA, KATAKANA -> point < 0xff00 ? 2 : 0;
            case HANGUL -> point >= 0xac00 && point <= 0xd7a3 ? 2 : 0;
            default -> 0;
        };
    }

    /** Gives the columns of a safe text. */
    public static int columns(String text) {
        return isPlain(text)
                ? text.length()
                : text.codePoints().map(SafeText::width).sum();
    }

    /** Cuts a safe text at its end; whatever is cut off is marked. */
    public static String cut(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        return head(text, Math.max(0, columns - 1)) + (columns > 0 ? "~" : "");
    }

    private static String head(String text, int columns) {
        var head = new StringBuilder();
        int used = 0;
        for (int point : text.codePoints().toArray()) {
            used += width(point);
            if (used > columns) {
                break;
            }
            head.appendCodePoint(point);
        }
        return head.toString();
    }

    /** Gives the end of a safe text, as much as fits. */
    public static String tail(String text, int columns) {
        var points = text.codePoints().toArray();
        int used = 0;
        int from = points.length;
        while (from > 0 && used + width(points[from - 1]) <= columns) {
            used += width(points[--from]);
        }
        return new String(points, from, points.length - from);
    }

    /** Fills a safe text with blanks, or cuts it. */
    public static String fitted(String text, int columns) {
        var cut = cut(text, columns);
        return cut + " ".repeat(Math.max(0, columns - columns(cut)));
    }

    /** Breaks a safe text between words, and words that are longer than a line. */
    public static List<String> wrapped(String text, int columns) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" +")) {
            var rest = word;
            if (!line.isEmpty() && columns(line + " " + rest) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (!rest.isEmpty() && columns(rest) > columns) {
                var head = filled(rest, columns);
                lines.add(head);
                rest = rest.substring(head.length());
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** A line holds one character at least, also where that is too wide for it. */
    private static String filled(String word, int columns) {
        var head = head(word, columns);
        return head.isEmpty() ? word.substring(0, word.offsetByCodePoints(0, 1)) : head;
    }
}
