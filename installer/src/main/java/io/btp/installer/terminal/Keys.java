package io.btp.installer.terminal;

import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.NonBlockingReader;

/** Reads keys: characters, the sequences that terminals send for other keys, and what is pasted between brackets. */
final class Keys {
    private static final int ESCAPE = 27;
    private static final int MOST = 32;
    private static final long WAIT = 60_000;
    private static final String PASTE_BEGINS = "[200~";
    private static final String PASTE_ENDS = "\u001b[201~";
    private static final int LONGEST_PASTE = 1 << 20;
    private static final Map<String, Key> SEQUENCES = Map.ofEntries(
            Map.entry("[A", Key.UP),
            Map.entry("[B", Key.DOWN),
            Map.entry("[C", Key.RIGHT),
            Map.entry("[D", Key.LEFT),
            Map.entry("[H", Key.HOME),
            Map.entry("[F", Key.END),
            Map.entry("[Z", Key.BACK_TAB),
            Map.entry("OA", Key.UP),
            Map.entry("OB", Key.DOWN),
            Map.entry("OC", Key.RIGHT),
            Map.entry("OD", Key.LEFT),
            Map.entry("OH", Key.HOME),
            Map.entry("OF", Key.END),
            Map.entry("OP", Key.HELP),
            Map.entry("[11~", Key.HELP),
            Map.entry("[[A", Key.HELP),
            Map.entry("[15~", Key.TEST),
            Map.entry("[[E", Key.TEST),
            Map.entry("[1~", Key.HOME),
            Map.entry("[7~", Key.HOME),
            Map.entry("[4~", Key.END),
            Map.entry("[8~", Key.END),
            Map.entry("[3~", Key.DELETE),
            Map.entry("[5~", Key.PAGE_UP),
            Map.entry("[6~", Key.PAGE_DOWN));

    private final NonBlockingReader reader;
    private final long pause;
    private final Runnable redraw;

    /**
     * Reads from a terminal.
     *
     * @param pause milliseconds after which an escape is a key of its own
     * @param redraw what Ctrl-L does: it is no input, and means the same everywhere
     */
    Keys(NonBlockingReader reader, long pause, Runnable redraw) {
        this.reader = reader;
        this.pause = pause;
        this.redraw = redraw;
    }

    /** Waits for the next input; empty where it means nothing here. A terminal that has gone is somebody who leaves. */
    Optional<Input> next() throws IOException {
        int character = waited();
        return switch (character) {
            case -1, 3 -> pressed(Key.LEAVE);
            case 8, 127 -> pressed(Key.BACKSPACE);
            case 9 -> pressed(Key.TAB);
            case 10, 13 -> pressed(Key.ENTER);
            case 12 -> {
                redraw.run();
                yield Optional.empty();
            }
            case 18 -> pressed(Key.REVEAL);
            case 21 -> pressed(Key.CLEAR);
            case ESCAPE -> sequence();
            default -> character < ' ' ? Optional.empty() : Optional.of(new Input.Typed(point(character)));
        };
    }

    /** A wait that has no end cannot be interrupted: it would hold the terminal until a key is pressed, and take that key. */
    private int waited() throws IOException {
        int character = reader.read(WAIT);
        while (character == NonBlockingReader.READ_EXPIRED) {
            character = reader.read(WAIT);
        }
        return character;
    }

    private static Optional<Input> pressed(Key key) {
        return Optional.of(new Input.Pressed(key));
    }

    private int point(int character) throws IOException {
        return Character.isHighSurrogate((char) character)
                ? Character.toCodePoint((char) character, (char) reader.read())
                : character;
    }

    private Optional<Input> sequence() throws IOException {
        var read = new StringBuilder();
        while (read.length() < MOST) {
            int next = reader.read(pause);
            if (next < 0) {
                return read.isEmpty() ? pressed(Key.ESCAPE) : Optional.empty();
            }
            read.append((char) next);
            if (isWhole(read)) {
                break;
            }
        }
        return read.toString().equals(PASTE_BEGINS)
                ? Optional.of(pasted())
                : Optional.ofNullable(SEQUENCES.get(read.toString())).map(Input.Pressed::new);
    }

    private static boolean isWhole(StringBuilder read) {
        char last = read.charAt(read.length() - 1);
        char first = read.charAt(0);
        if (read.length() == 1) {
            return first != '[' && first != 'O';
        }
        return first == 'O' || (last >= '@' && last <= '~' && !(last == '[' && read.length() == 2));
    }

    /** What is too long is cut off, and its rest is no key either. */
    private Input pasted() throws IOException {
        var text = new StringBuilder();
        int matched = 0;
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            matched = next == PASTE_ENDS.charAt(matched) ? matched + 1 : next == ESCAPE ? 1 : 0;
            text.append((char) next);
            if (matched == PASTE_ENDS.length()) {
                text.setLength(text.length() - matched);
                break;
            }
            if (matched == 0 && text.length() > LONGEST_PASTE) {
                text.setLength(LONGEST_PASTE);
            }
        }
        return new Input.Pasted(
                text.substring(0, Math.min(text.length(), LONGEST_PASTE)).replace('\r', '\n'));
    }
}
