package io.btp.installer.screen;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A whole screen of text.
 *
 * @param size how much it fills
 * @param lines from the top, one for each row; what is right of a line is empty
 * @param caret where the next character goes; empty where none is typed
 */
public record Frame(Size size, List<Line> lines, Optional<Spot> caret) {
    /** Checks that everything fits. */
    public Frame {
        lines = List.copyOf(lines);
        if (lines.size() != size.rows()) {
            throw new IllegalArgumentException(lines.size() + " lines on " + size.rows() + " rows");
        }
        for (var line : lines) {
            if (line.columns() > size.columns()) {
                throw new IllegalArgumentException(
                        "%d columns on %d: %s".formatted(line.columns(), size.columns(), line.text()));
            }
        }
    }

    /**
     * A size of a screen.
     *
     * @param columns of narrow characters
     * @param rows of lines
     */
    public record Size(int columns, int rows) {}

    /**
     * A place on a screen.
     *
     * @param column from 0
     * @param row from 0
     */
    public record Spot(int column, int row) {}

    /**
     * Text of one role.
     *
     * @param text made safe
     */
    public record Run(String text, Role role) {}

    /** A row of runs. */
    public record Line(List<Run> runs) {
        /** Copies the list. */
        public Line {
            runs = List.copyOf(runs);
        }

        /** Gives a row of one run. */
        public static Line of(Role role, String text) {
            return new Line(List.of(new Run(text, role)));
        }

        /** Gives a row without anything. */
        public static Line empty() {
            return new Line(List.of());
        }

        /** Gives the text of all runs. */
        public String text() {
            return runs.stream().map(Run::text).collect(Collectors.joining());
        }

        int columns() {
            return SafeText.columns(text());
        }
    }

    /** Gives the text alone, as a reader would see it without colours. */
    public String text() {
        return lines.stream().map(line -> line.text().stripTrailing()).collect(Collectors.joining("\n", "", "\n"));
    }
}
