package io.btp.installer.terminal;

import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Input;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.spi.TerminalExt;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.Signals;

/**
 * The whole screen of a terminal, and its keys, until it is closed. The terminal is left as it was: also where the program is
 * ended in the middle.
 */
final class Display implements AutoCloseable {
    /** Heard without the library's terminal, which would take the signals that end the program, too. */
    private static final String RESIZED = "WINCH";

    /** Whoever goes on after a stop may find a terminal that somebody else has used meanwhile. */
    private static final String CONTINUED = "CONT";

    private static final long AFTER_THE_END = 50;
    private static final long PATIENCE = 1_000;

    private final Terminal terminal;
    private final ScreenTerminal screen;
    private final Painter painter;
    private final Attributes before;
    private volatile Attributes raw;
    private final Thread leaving;
    private final AtomicBoolean isLost = new AtomicBoolean();
    private final Map<String, Object> handlers = new HashMap<>();
    private Optional<Thread> keys = Optional.empty();

    private Display(Terminal terminal, boolean coloured, boolean interruptible) throws IOException {
        this.terminal = terminal;
        this.screen = new ScreenTerminal(terminal, coloured);
        this.painter = new Painter(screen);
        this.before = terminal.enterRawMode();
        this.raw = raw(interruptible);
        terminal.setAttributes(raw);
        leaving = Thread.ofPlatform().name("leaving the screen").unstarted(this::leave);
        Runtime.getRuntime().addShutdownHook(leaving);
        painter.start();
    }

    /**
     * Takes the whole screen.
     *
     * @param environment of this process
     * @param insisted whether somebody asked for it, however small it is
     * @param interruptible whether Ctrl-C interrupts the program; else it is a key
     * @param least the size below which nothing can be read
     * @return empty where this terminal cannot show it; it is as it was then
     */
    static Optional<Display> open(
            Map<String, String> environment,
            boolean coloured,
            boolean insisted,
            boolean interruptible,
            Frame.Size least)
            throws IOException {
        var terminal = terminal(environment.getOrDefault("TERM", ""));
        if (isAble(terminal) && (insisted || !isSmaller(terminal, least))) {
            return Optional.of(new Display(terminal, coloured, interruptible));
        }
        terminal.close();
        return Optional.empty();
    }

    /** What is known of a terminal need not be asked of a program, nor of the terminal, which may never answer. */
    private static Terminal terminal(String type) throws IOException {
        Optional.ofNullable(InfoCmp.getDefaultInfoCmp(type)).ifPresent(known -> InfoCmp.setLoadedInfoCmp(type, known));
        var terminal = builder().ffm(false).build();
        if (terminal instanceof DumbTerminal) {
            // Where no program may be unpacked, Java's own way to native code is left, which takes longer.
            terminal.close();
            return builder().jni(false).build();
        }
        return terminal;
    }

    private static TerminalBuilder builder() {
        return TerminalBuilder.builder()
                .system(true)
                .exec(false)
                .graphemeCluster(false)
                .nativeSignals(false);
    }

    private static boolean isAble(Terminal terminal) {
        return !(terminal instanceof DumbTerminal)
                && terminal instanceof TerminalExt
                && terminal.getStringCapability(Capability.cursor_address) != null
                && terminal.getStringCapability(Capability.clear_screen) != null
                && terminal.getStringCapability(Capability.enter_ca_mode) != null;
    }

    private static boolean isSmaller(Terminal terminal, Frame.Size least) {
        var size = terminal.getSize();
        return size.getColumns() > 0 && (size.getColumns() < least.columns() || size.getRows() < least.rows());
    }

    /** Nobody suspends the program, or has it tell of its threads, by a key that would leave the screen as it is. */
    private Attributes raw(boolean interruptible) {
        var attributes = terminal.getAttributes();
        attributes.setLocalFlag(LocalFlag.ISIG, interruptible);
        attributes.setInputFlag(InputFlag.IXON, false);
        attributes.setControlChar(ControlChar.VSUSP, 0);
        attributes.setControlChar(ControlChar.VQUIT, 0);
        return attributes;
    }

    /** Has Ctrl-C be a key from now on. */
    void takeInterrupts() {
        raw = raw(false);
        terminal.setAttributes(raw);
    }

    /** Gives the marks that this terminal can show. */
    Glyphs glyphs() {
        return terminal.outputEncoding().newEncoder().canEncode(Glyphs.all()) ? Glyphs.unicode() : Glyphs.ascii();
    }

    /**
     * Brings keys from now on, and an empty input when the next frame has to be painted although nothing was pressed: the size has
     * changed, or what is on the screen is not what was painted. Each comes from a thread of its own.
     *
     * @param pause milliseconds after which an escape is a key of its own
     */
    void listen(Consumer<Optional<Input>> listener, long pause) {
        hear(RESIZED, () -> {
            screen.resized();
            listener.accept(Optional.empty());
        });
        hear(CONTINUED, () -> {
            isLost.set(true);
            screen.resized();
            listener.accept(Optional.empty());
        });
        screen.resized();
        keys = Optional.of(Thread.ofPlatform().daemon().name("keys").start(() -> read(listener, pause)));
    }

    private void hear(String signal, Runnable deed) {
        Optional.ofNullable(Signals.register(signal, deed)).ifPresent(former -> handlers.put(signal, former));
    }

    private void read(Consumer<Optional<Input>> listener, long pause) {
        var reader = new Keys(terminal.reader(), pause, () -> isLost.set(true));
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var input = reader.next();
                listener.accept(input);
                if (input.filter(Input.Pressed.class::isInstance)
                        .map(Input.Pressed.class::cast)
                        .filter(pressed -> pressed.key() == Input.Key.LEAVE)
                        .isPresent()) {
                    // The end of input comes again and again: each is a wish to leave.
                    TimeUnit.MILLISECONDS.sleep(AFTER_THE_END);
                }
            }
        } catch (IOException | InterruptedException ended) {
            listener.accept(Optional.of(new Input.Pressed(Input.Key.LEAVE)));
        }
    }

    /** Gives the size that the next frame has to have. */
    Frame.Size size() {
        return painter.size();
    }

    /** Shows a frame: what changed of it, or all of it where nobody knows what is on the screen. */
    void paint(Frame frame) throws IOException {
        if (isLost.getAndSet(false)) {
            terminal.setAttributes(raw);
            screen.enterPrivateMode();
            painter.repaint(frame);
        } else {
            painter.paint(frame);
        }
    }

    /** The library gives back its modes by itself, but may close the terminal before this runs. */
    private void leave() {
        try {
            @SuppressWarnings("resource") // standard output is not closed
            var output = new FileOutputStream(FileDescriptor.out);
            output.write(screen.leaving().getBytes(StandardCharsets.US_ASCII));
            output.flush();
        } catch (IOException gone) {
            // Nobody is there any more to see it.
            terminal.pause();
        }
    }

    /** Who still reads would take a key that is not for this screen any more. */
    private static void end(Thread reading) {
        reading.interrupt();
        try {
            reading.join(PATIENCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        keys.ifPresent(Display::end);
        handlers.forEach(Signals::unregister);
        try {
            painter.stop();
            terminal.setAttributes(before);
            terminal.close();
        } catch (IOException gone) {
            throw new UncheckedIOException("The terminal has gone", gone);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(leaving);
            } catch (IllegalStateException ending) {
                // It runs by now.
            }
        }
    }
}
