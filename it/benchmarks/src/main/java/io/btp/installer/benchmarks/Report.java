package io.btp.installer.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects tables in Markdown, and whether goals were met. */
final class Report {
    private final StringBuilder text = new StringBuilder();
    private final List<String> missed = new ArrayList<>();
    private int goals;

    /** Starts a table. */
    void table(String title, String... columns) {
        text.append("\n### ").append(title).append("\n\n");
        row(columns);
        row(java.util.Collections.nCopies(columns.length, "---").toArray(String[]::new));
    }

    /** Adds a row. */
    void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Adds a sentence. */
    void say(String sentence, Object... values) {
        text.append('\n').append(sentence.formatted(values)).append('\n');
    }

    /** Judges a figure, and says so in words for a cell. */
    String atMost(String what, double figure, double goal) {
        goals++;
        var met = figure <= goal;
        if (!met) {
            missed.add("%s: %s, goal at most %s".formatted(what, number(figure), number(goal)));
        }
        return "%s of at most %s: %s".formatted(number(figure), number(goal), met ? "met" : "**not met**");
    }

    /** Writes a number with two places at least. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }

    /** Gives the text. */
    String text() {
        return text.toString();
    }

    /** Says how many goals were met, and which were not. */
    String verdict() {
        return "%d of %d goals met%s"
                .formatted(
                        goals - missed.size(),
                        goals,
                        missed.isEmpty() ? "." : "; not met: " + String.join("; ", missed) + ".");
    }
}
