package io.btp.installer.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.graphics.TextGraphics;
import com.googlecode.lanterna.screen.Screen;
import com.googlecode.lanterna.screen.TerminalScreen;
import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Role;
import java.io.IOException;
import java.util.List;

/** Paints frames; only what changed is sent. */
final class Painter {
    private final TerminalScreen screen;

    /** Lines that are on the screen: they need not be composed again. */
    private List<Frame.Line> painted = List.of();

    Painter(ScreenTerminal terminal) throws IOException {
        this.screen = new TerminalScreen(terminal);
    }

    void start() throws IOException {
        screen.startScreen();
    }

    void stop() throws IOException {
        screen.stopScreen();
    }

    /** Gives the size that the next frame has to have. */
    Frame.Size size() {
        if (screen.doResizeIfNecessary() != null) {
            painted = List.of();
        }
        var size = screen.getTerminalSize();
        return new Frame.Size(size.getColumns(), size.getRows());
    }

    /** Sends what is another than it was in the frame before. */
    void paint(Frame frame) throws IOException {
        draw(frame);
        screen.refresh(Screen.RefreshType.DELTA);
    }

    /** Sends everything, whatever is on the screen now. */
    void repaint(Frame frame) throws IOException {
        draw(frame);
        screen.refresh(Screen.RefreshType.COMPLETE);
    }

    private void draw(Frame frame) {
        var graphics = screen.newTextGraphics();
        for (int row = 0; row < frame.size().rows(); row++) {
            var line = frame.lines().get(row);
            if (row < painted.size() && painted.get(row).equals(line)) {
                continue;
            }
            look(graphics, Role.PLAIN);
            graphics.putString(0, row, " ".repeat(frame.size().columns()));
            int column = 0;
            for (var run : line.runs()) {
                look(graphics, run.role());
                graphics.putString(column, row, run.text());
                column += com.googlecode.lanterna.TerminalTextUtils.getColumnWidth(run.text());
            }
        }
        painted = frame.lines();
        screen.setCursorPosition(frame.caret()
                .map(spot -> new TerminalPosition(spot.column(), spot.row()))
                .orElse(null));
    }

    private static void look(TextGraphics graphics, Role role) {
        graphics.clearModifiers();
        graphics.setForegroundColor(TextColor.ANSI.DEFAULT);
        switch (role) {
            case PLAIN -> {}
            case TITLE -> graphics.enableModifiers(SGR.BOLD);
            case ACCENT -> graphics.setForegroundColor(TextColor.ANSI.CYAN);
            case GOOD -> graphics.setForegroundColor(TextColor.ANSI.GREEN);
            case WARNING -> graphics.setForegroundColor(TextColor.ANSI.YELLOW);
            case BAD -> graphics.setForegroundColor(TextColor.ANSI.RED);
            case FOCUS -> graphics.enableModifiers(SGR.REVERSE);
        }
    }
}
