package io.btp.installer.screen;

import io.btp.installer.screen.Frame.Line;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Frame.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines that are being written, of which a screen shows as many as fit around the one that keys go to. */
public final class Sheet {
    private final int columns;
    private final List<Line> lines = new ArrayList<>();
    private int from = -1;
    private int to = -1;
    private Optional<Spot> caret = Optional.empty();

    /** Begins with nothing on it. */
    public Sheet(int columns) {
        this.columns = columns;
    }

    /** Gives the room of a line. */
    public int columns() {
        return columns;
    }

    /** Writes a line of runs, cut where it is too long. */
    public void line(Run... runs) {
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
    public void text(Role role, String indent, String text) {
        for (var part : SafeText.wrapped(SafeText.of(text), columns - indent.length())) {
            line(new Run(indent + part, role));
        }
    }

    /** Writes an empty line. */
    public void blank() {
        lines.add(Line.empty());
    }

    /** Notes that the next lines are what keys go to. */
    public void focus() {
        from = lines.size();
    }

    /** Notes that what keys go to ends here. */
    public void unfocus() {
        to = lines.size();
    }

    /** Notes that the next character goes into the last line. */
    public void caret(int column) {
        caret = Optional.of(new Spot(Math.min(column, columns - 1), lines.size() - 1));
    }

    /** Gives how many lines there are. */
    public int size() {
        return lines.size();
    }

    /** Gives the lines that are shown on so many rows. */
    public List<Line> shown(int rows) {
        int top = top(rows);
        var shown = new ArrayList<>(lines.subList(top, Math.min(lines.size(), top + rows)));
        while (shown.size() < rows) {
            shown.add(Line.empty());
        }
        return shown;
    }

    /**
     * Gives where the caret is on a screen that shows so many rows; empty where it is not to be seen.
     *
     * @param below the row of the screen that the first line is on
     */
    public Optional<Spot> caret(int rows, int below) {
        int top = top(rows);
        return caret.map(spot -> new Spot(spot.column(), spot.row() - top + below))
                .filter(spot -> spot.row() >= below && spot.row() < below + rows);
    }

    private int top(int rows) {
        if (lines.size() <= rows || from < 0 || to <= rows) {
            return 0;
        }
        int middle = from - Math.max(0, (rows - (to - from)) / 2);
        return Math.clamp(middle, 0, lines.size() - rows);
    }
}
