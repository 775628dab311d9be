package io.btp.installer.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line for people, which is broken between words where it is too long. A word that is longer than the page stands
 * unbroken on a line of its own, and so does a command of ours, so that both can be copied.
 *
 * @param first begins the first line
 * @param next begins those after it
 * @param text is what it says
 */
record Line(String first, String next, String text) {
    /** Commands with their options and paths, numbers with their units, and whatever else stands between spaces. */
    private static final Pattern WORDS = Pattern.compile("( *)("
            + "btp [a-z]+(?: [a-z]+)?(?: -[^ ;,]*(?: [^ ;,-][^ ;,]*)?| [/.][^ ;,]*)*[;,]?"
            + "|[^ ]*\\d (?:s|min|h)(?![^ ),;:])[^ ]*"
            + "|[^ ]+)");
    /** What a log line of somebody else must not do to the terminal of whoever reads it. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}(\\[[0-9;?]*[A-Za-z])?|\\p{Cf}");

    /** Those after the first are indented as far as the text of the first. */
    static Line of(String first, String text) {
        return new Line(first, " ".repeat(first.length()), text);
    }

    /** Gives a text of one line without whatever does something to a terminal, or cannot be seen there. */
    static String harmless(String text) {
        return CONTROL.matcher(text).replaceAll(" ");
    }

    /** Gives what is printed on a page of so many columns. */
    List<String> on(int columns) {
        var lines = new ArrayList<String>();
        for (var paragraph : text.split("\\R", -1)) {
            wrap(lines.isEmpty() ? first : next, harmless(paragraph), columns, lines);
        }
        return List.copyOf(lines);
    }

    private void wrap(String beginning, String paragraph, int columns, List<String> lines) {
        var line = new StringBuilder(beginning);
        boolean isEmpty = true;
        var words = WORDS.matcher(paragraph);
        while (words.find()) {
            var space = words.group(1);
            var word = words.group(2);
            if (!isEmpty && width(line) + width(space) + width(word) > columns) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                isEmpty = true;
                space = "";
            }
            line.append(space).append(word);
            isEmpty = false;
        }
        lines.add(line.toString().stripTrailing());
    }

    private static int width(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
