package io.btp.installer.terminal;

import com.googlecode.lanterna.SGR;
import com.googlecode.lanterna.TerminalPosition;
import com.googlecode.lanterna.TerminalSize;
import com.googlecode.lanterna.TextColor;
import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.terminal.AbstractTerminal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;

/** Lends JLine's terminal to a screen of Lanterna. Nothing is sent before {@link #flush}, so that a frame arrives whole. */
final class ScreenTerminal extends AbstractTerminal {
    private static final String PASTE_ON = "\u001b[?2004h";
    private static final String PASTE_OFF = "\u001b[?2004l";
    private static final TerminalSize USUAL = new TerminalSize(80, 24);

    private final Terminal terminal;
    private final boolean coloured;
    private final StringBuilder output = new StringBuilder();

    /** Where the next character goes, as far as that is certain: after plain characters of this frame. */
    private Optional<TerminalPosition> next = Optional.empty();

    ScreenTerminal(Terminal terminal, boolean coloured) {
        this.terminal = terminal;
        var colours = terminal.getNumericCapability(Capability.max_colors);
        this.coloured = coloured && colours != null && colours >= 8;
    }

    /** Tells listeners of the size that it has now. */
    void resized() {
        onResized(getTerminalSize());
    }

    @Override
    public TerminalSize getTerminalSize() {
        var size = terminal.getSize();
        return size.getColumns() <= 0 || size.getRows() <= 0
                ? USUAL
                : new TerminalSize(size.getColumns(), size.getRows());
    }

    @Override
    public void enterPrivateMode() {
        send(Capability.enter_ca_mode);
        send(Capability.keypad_xmit);
        output.append(PASTE_ON);
        flush();
    }

    @Override
    public void exitPrivateMode() {
        output.append(leaving());
        flush();
    }

    /** Gives what leaves the whole screen, whatever was sent before. */
    String leaving() {
        var sequence = new StringBuilder(PASTE_OFF);
        for (var capability : List.of(
                Capability.exit_attribute_mode,
                Capability.cursor_normal,
                Capability.keypad_local,
                Capability.exit_ca_mode)) {
            Optional.ofNullable(terminal.getStringCapability(capability))
                    .map(Curses::tputs)
                    .ifPresent(sequence::append);
        }
        return sequence.toString();
    }

    private void send(Capability capability, Object... parameters) {
        var sequence = terminal.getStringCapability(capability);
        if (sequence != null) {
            output.append(Curses.tputs(sequence, parameters));
        }
    }

    @Override
    public void clearScreen() {
        send(Capability.clear_screen);
        next = Optional.empty();
    }

    /** A way to the right is said in fewer bytes than a place. */
    @Override
    public void setCursorPosition(int column, int row) {
        int right = next.filter(from -> from.getRow() == row)
                .map(from -> column - from.getColumn())
                .orElse(-1);
        if (right < 0 || terminal.getStringCapability(Capability.parm_right_cursor) == null) {
            send(Capability.cursor_address, row, column);
        } else if (right > 0) {
            send(Capability.parm_right_cursor, right);
        }
        next = Optional.of(new TerminalPosition(column, row));
    }

    @Override
    public void setCursorPosition(TerminalPosition position) {
        setCursorPosition(position.getColumn(), position.getRow());
    }

    @Override
    public TerminalPosition getCursorPosition() {
        throw new UnsupportedOperationException("a terminal is not asked: it may never answer");
    }

    @Override
    public void setCursorVisible(boolean visible) {
        send(visible ? Capability.cursor_normal : Capability.cursor_invisible);
    }

    @Override
    public void putCharacter(char character) {
        putString(Character.toString(character));
    }

    @Override
    public void putString(String string) {
        output.append(string);
        next = string.chars().allMatch(character -> character >= ' ' && character <= '~')
                ? next.map(from -> from.withRelativeColumn(string.length()))
                : Optional.empty();
    }

    @Override
    public void enableSGR(SGR sgr) {
        switch (sgr) {
            case BOLD -> send(Capability.enter_bold_mode);
            case REVERSE -> send(Capability.enter_reverse_mode);
            case UNDERLINE -> send(Capability.enter_underline_mode);
            case BLINK, BORDERED, FRAKTUR, CIRCLED, CROSSED_OUT, ITALIC -> {
                // Not used: not every terminal has them.
            }
        }
    }

    /** One look is never taken away alone: the screen sets all that remain anew. */
    @Override
    public void disableSGR(SGR sgr) {
        switch (sgr) {
            case BOLD -> output.append("\u001b[22m");
            case REVERSE -> send(Capability.exit_standout_mode);
            case UNDERLINE -> send(Capability.exit_underline_mode);
            case BLINK, BORDERED, FRAKTUR, CIRCLED, CROSSED_OUT, ITALIC -> {
                // Not used: not every terminal has them.
            }
        }
    }

    @Override
    public void resetColorAndSGR() {
        send(Capability.exit_attribute_mode);
    }

    @Override
    public void setForegroundColor(TextColor colour) {
        if (coloured && colour instanceof TextColor.ANSI ansi) {
            output.append("\u001b[3")
                    .append(ansi == TextColor.ANSI.DEFAULT ? 9 : ansi.ordinal())
                    .append('m');
        }
    }

    /** The background is never changed: nobody knows which colours can be read on theirs. */
    @Override
    public void setBackgroundColor(TextColor colour) {}

    @Override
    public void flush() {
        terminal.writer().append(output);
        output.setLength(0);
        next = Optional.empty();
        terminal.flush();
    }

    @Override
    public void bell() {
        send(Capability.bell);
    }

    @Override
    public byte[] enquireTerminal(int timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("a terminal is not asked: it may never answer");
    }

    /** Gives nothing: a screen asks when it stops, and keys are read by {@link Keys}. */
    @Override
    @SuppressWarnings("NullAway") // as the library's contract says
    public KeyStroke pollInput() {
        return null;
    }

    @Override
    public KeyStroke readInput() {
        throw new UnsupportedOperationException("keys are read by Keys");
    }

    @Override
    public void close() {
        // Who opened the terminal closes it.
    }
}
