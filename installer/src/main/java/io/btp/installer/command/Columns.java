package io.btp.installer.command;

import java.util.ArrayList;
import java.util.List;

/** Puts rows of text below each other. */
final class Columns {
    /** A column that is wider than this does not move those behind it. */
    private static final int WIDEST = 40;

    private Columns() {}

    /** Gives a line for each row; the columns are as wide as they have to be, the last ends where it ends. */
    static List<Line> lines(String indent, List<List<String>> rows) {
        var lines = new ArrayList<Line>();
        for (var row : rows) {
            var text = new StringBuilder();
            for (int column = 1; column < row.size(); column++) {
                text.append(padded(row.get(column), width(rows, column)));
            }
            lines.add(Line.of(
                    indent + padded(row.getFirst(), width(rows, 0)),
                    text.toString().stripTrailing()));
        }
        return lines;
    }

    private static int width(List<List<String>> rows, int column) {
        var widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.min(widest, WIDEST);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()) + 2);
    }
}
