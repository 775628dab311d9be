package io.btp.installer.wizard.screen;

import io.btp.installer.wizard.screen.Frame.Line;
import io.btp.installer.wizard.screen.Frame.Run;
import io.btp.installer.wizard.screen.Frame.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines that are being written, of which a screen shows as many as fit around the one that keys go to. */
final class Sheet {
    private final int columns;
    private final List<Line> lines = new ArrayList<>();
    private int from = -1;
    private int to = -1;
    private Optional<Spot> caret = Optional.empty();

    Sheet(int columns) {
        this.columns = columns;
    }

    int columns() {
        return columns;
    }

    /** Writes a line of runs, cut where it is too long. */
    void line(Run... runs) {
        var fitting = new ArrayList<Run>();
        int left = columns;
        for (var run : runs) {
            var text = SafeText.cut(SafeText.of(run.text()), left);
            left -= SafeText.columns(text);
            fitting.add(new Run(text, run.role()));
        }
        lines.add(new Line(fitting));
    }

    /** Writes a text on as many lines as it needs. */
    void text(Role role, String indent, String text) {
        for (var part : SafeText.wrapped(SafeText.of(text), columns - indent.length())) {
            line(new Run(indent + part, role));
        }
    }

    void blank() {
        lines.add(Line.empty());
    }

    /** Notes that the next lines are what keys go to. */
    void focus() {
        from = lines.size();
    }

    /** Notes that what keys go to ends here. */
    void unfocus() {
        to = lines.size();
    }

    /** Notes that the next character goes into the last line. */
    void caret(int column) {
        caret = Optional.of(new Spot(Math.min(column, columns - 1), lines.size() - 1));
    }

    int size() {
        return lines.size();
    }

    /** Gives the lines that are shown on so many rows. */
    List<Line> shown(int rows) {
        int top = top(rows);
        var shown = new ArrayList<>(lines.subList(top, Math.min(lines.size(), top + rows)));
        while (shown.size() < rows) {
            shown.add(Line.empty());
        }
        return shown;
    }

    Optional<Spot> caret(int rows, int below) {
        int top = top(rows);
        return caret.map(spot -> new Spot(spot.column(), spot.row() - top + below))
                .filter(spot -> spot.row() >= below && spot.row() < below + rows);
    }

    private int top(int rows) {
        if (lines.size() <= rows || from < 0) {
            return 0;
        }
        int middle = from - Math.max(0, (rows - (to - from)) / 2);
        return Math.clamp(middle, 0, lines.size() - rows);
    }
}
