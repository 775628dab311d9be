package io.btp.installer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Frame.Line;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Frame.Size;
import io.btp.installer.screen.Frame.Spot;
import io.btp.installer.screen.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PainterTest {
    private static final Size SIZE = new Size(20, 3);

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final LineDisciplineTerminal terminal;

    PainterTest() throws IOException {
        terminal = new LineDisciplineTerminal("painted", "xterm-256color", sent, StandardCharsets.UTF_8);
        terminal.setSize(new org.jline.terminal.Size(SIZE.columns(), SIZE.rows()));
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private Painter started(boolean isColoured) throws IOException {
        var painter = new Painter(new ScreenTerminal(terminal, isColoured));
        painter.start();
        sent.reset();
        return painter;
    }

    private String sent() {
        var text = sent.toString(StandardCharsets.UTF_8);
        sent.reset();
        return text;
    }

    private static Frame frame(String first, Run... second) {
        return new Frame(
                SIZE,
                List.of(Line.of(Role.PLAIN, first), new Line(List.of(second)), Line.empty()),
                Optional.of(new Spot(4, 1)));
    }

    @Test
    void sendsAFrameWhole() throws IOException {
        var painter = started(true);

        painter.paint(frame("Grüße 漢字", new Run("bad", Role.BAD)));

        assertThat(sent()).contains("Grüße", "漢字", "bad").doesNotContain("\0");
    }

    @Test
    void sendsOnlyWhatChanged() throws IOException {
        var painter = started(true);
        painter.paint(frame("steady", new Run("1 of 3", Role.PLAIN)));
        sent();

        painter.paint(frame("steady", new Run("2 of 3", Role.PLAIN)));

        assertThat(sent()).contains("2").doesNotContain("steady", "of", "\u001b[2J");
    }

    @Test
    void sendsNoTextWhereNothingChanged() throws IOException {
        var painter = started(true);
        painter.paint(frame("steady", new Run("1 of 3", Role.TITLE)));
        sent();

        painter.paint(frame("steady", new Run("1 of 3", Role.TITLE)));

        assertThat(sent().replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "")).isEmpty();
    }

    @Test
    void sendsEverythingAgainWhereTheScreenIsLost() throws IOException {
        var painter = started(true);
        painter.paint(frame("steady", new Run("1 of 3", Role.TITLE)));
        sent();

        painter.repaint(frame("steady", new Run("2 of 3", Role.TITLE)));

        assertThat(sent()).contains("\u001b[2J", "steady", "2 of 3");
    }

    @Test
    void saysAWayToTheRightInFewBytes() throws IOException {
        var painter = started(true);
        painter.paint(frame("a to b", new Run("漢 to b", Role.PLAIN)));
        sent();

        painter.paint(frame("c to d", new Run("字 to d", Role.PLAIN)));

        assertThat(sent())
                .contains("c\u001b[4Cd")
                .as("after what is not as wide on every terminal")
                .contains("字\u001b[2;7Hd");
    }

    @Test
    void sendsAgainWhatASmallerSizeHadCutOff() throws IOException {
        var screen = new ScreenTerminal(terminal, true);
        var painter = new Painter(screen);
        painter.start();
        painter.paint(frame("steady", new Run("1 of 3", Role.PLAIN)));
        for (int columns : new int[] {5, SIZE.columns()}) {
            terminal.setSize(new org.jline.terminal.Size(columns, SIZE.rows()));
            screen.resized();
            painter.size();
        }
        sent();

        painter.paint(frame("steady", new Run("1 of 3", Role.PLAIN)));

        assertThat(sent()).contains("\u001b[1;6H").contains("y").contains("\u001b[2;6H3");
    }

    @Test
    void coloursWhereColoursAreWanted() throws IOException {
        var painter = started(true);

        painter.paint(frame("plain", new Run("bad", Role.BAD)));

        assertThat(sent()).contains("\u001b[31mbad");
    }

    @Test
    void sendsNoColourWhereNoneIsWanted() throws IOException {
        var painter = started(false);

        painter.paint(frame("plain", new Run("bad", Role.BAD), new Run("here", Role.FOCUS)));

        assertThat(sent()).contains("\u001b[7mhere").doesNotContainPattern("\u001b\\[3[0-9]m");
    }

    @Test
    void takesTheSizeThatTheTerminalHasNow() throws IOException {
        var screen = new ScreenTerminal(terminal, true);
        var painter = new Painter(screen);
        painter.start();

        terminal.setSize(new org.jline.terminal.Size(100, 30));
        screen.resized();

        assertThat(painter.size()).isEqualTo(new Size(100, 30));
    }

    @Test
    void leavesTheWholeScreenWhenItStops() throws IOException {
        var painter = started(true);

        painter.stop();

        assertThat(sent()).contains("\u001b[?2004l", "\u001b[?1049l", "\u001b[?25h");
    }
}
