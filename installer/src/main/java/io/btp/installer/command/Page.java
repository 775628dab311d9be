package io.btp.installer.command;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A stream that takes lines for people; where colour is wanted, the mark that begins a line gets it. */
final class Page {
    /** Fits everywhere. */
    static final int USUAL_COLUMNS = 80;

    private static final Pattern MARK = Pattern.compile("^( *)(\\S+)(?= |$)");
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";
    private static final String CYAN = "36";
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("+", GREEN),
            Map.entry("~", YELLOW),
            Map.entry("-", RED),
            Map.entry(".", CYAN),
            Map.entry(">", CYAN),
            Map.entry("x", RED),
            Map.entry("!", YELLOW),
            Map.entry("ok", GREEN),
            Map.entry("passed", GREEN),
            Map.entry("simulated", CYAN),
            Map.entry("skipped", CYAN),
            Map.entry("warned", YELLOW),
            Map.entry("warning:", YELLOW),
            Map.entry("failed", RED));

    private final PrintStream stream;
    private final int columns;
    private final boolean coloured;

    Page(PrintStream stream, int columns, boolean coloured) {
        this.stream = stream;
        this.columns = columns;
        this.coloured = coloured;
    }

    /** Prints lines, broken where they are too long. */
    void print(Collection<Line> lines) {
        lines.forEach(line -> line.on(columns).forEach(it -> stream.println(coloured ? coloured(it) : it)));
    }

    /** Prints a line; where it is too long, what comes after is indented as far as the text. */
    void print(String first, String text) {
        print(List.of(Line.of(first, text)));
    }

    /** Prints a document as it is. */
    void document(String text) {
        stream.print(text);
    }

    private static String coloured(String line) {
        var mark = MARK.matcher(line);
        var colour = mark.find() ? COLOURS.get(mark.group(2)) : null;
        return colour == null
                ? line
                : mark.group(1) + "\u001b[" + colour + "m" + mark.group(2) + "\u001b[0m" + line.substring(mark.end());
    }
}
