package io.btp.installer.terminal;

import io.btp.installer.api.ProviderException;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.SecretHomes;
import io.btp.installer.wizard.screen.Effect;
import io.btp.installer.wizard.screen.Glyphs;
import io.btp.installer.wizard.screen.Input;
import io.btp.installer.wizard.screen.State;
import io.btp.installer.wizard.screen.View;
import io.btp.installer.wizard.screen.Walking;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.spi.TerminalExt;
import org.jline.utils.InfoCmp;
import org.jline.utils.InfoCmp.Capability;

/**
 * The wizard on the whole screen of a terminal. Owns the terminal while a walk lasts, and leaves it as it was: also where the
 * program is ended in the middle.
 */
public final class FullScreen {
    /** What is typed in this time is drawn at once. */
    private static final long BURST = 30;

    private static final String CHROME = "─▸✗•";

    private final Map<String, String> environment;
    private final boolean coloured;

    /**
     * Prepares a screen; nothing is opened yet.
     *
     * @param environment of this process
     * @param coloured whether colours are wanted
     */
    public FullScreen(Map<String, String> environment, boolean coloured) {
        this.environment = Map.copyOf(environment);
        this.coloured = coloured;
    }

    /** Tells whether this terminal can show it, as far as its name says: a serial line, an editor or a screen reader cannot. */
    public boolean isLikely() {
        var type = environment.getOrDefault("TERM", "");
        return environment.getOrDefault("ACCESSIBLE", "").isEmpty()
                && !type.isEmpty()
                && !type.startsWith("dumb")
                && !type.startsWith("vt")
                && !type.equals("emacs");
    }

    /**
     * Walks from where a draft is to a wish.
     *
     * @param insisted whether the person asked for the whole screen, however small it is
     * @return empty where this terminal cannot show it
     */
    public Optional<LineWizard.Outcome> walk(
            Questionnaire questionnaire,
            Draft draft,
            SecretHomes homes,
            Consumer<Draft> saving,
            Set<String> only,
            String equal,
            boolean insisted)
            throws IOException, InterruptedException {
        // Hooks run in the order in which they were added, and JLine's would close the terminal before ours.
        var leaving = new Leaving();
        Runtime.getRuntime().addShutdownHook(leaving);
        try (var terminal = open()) {
            if (!isAble(terminal, insisted)) {
                return Optional.empty();
            }
            var walking = new Walking(questionnaire, only);
            var view = new View(walking, questionnaire, glyphs(terminal), equal);
            return Optional.of(new Session(terminal, leaving, walking, view, homes, saving).run(walking.begin(draft)));
        } finally {
            leaving.done();
        }
    }

    private Terminal open() throws IOException {
        var type = environment.getOrDefault("TERM", "");
        Optional.ofNullable(InfoCmp.getDefaultInfoCmp(type)).ifPresent(known -> InfoCmp.setLoadedInfoCmp(type, known));
        return TerminalBuilder.builder()
                .system(true)
                .providers("jni,ffm")
                .graphemeCluster(false)
                .nativeSignals(false)
                .build();
    }

    private static boolean isAble(Terminal terminal, boolean insisted) {
        var size = terminal.getSize();
        boolean isSmall = size.getColumns() > 0 && View.isTooSmall(new io.btp.installer.wizard.screen.Frame.Size(size.getColumns(), size.getRows()));
        return !(terminal instanceof DumbTerminal)
                && terminal instanceof TerminalExt
                && terminal.getStringCapability(Capability.cursor_address) != null
                && terminal.getStringCapability(Capability.clear_screen) != null
                && terminal.getStringCapability(Capability.enter_ca_mode) != null
                && (insisted || !isSmall);
    }

    private static Glyphs glyphs(Terminal terminal) {
        return terminal.outputEncoding().newEncoder().canEncode(CHROME) ? Glyphs.unicode() : Glyphs.ascii();
    }

    /** Gives the screen back when the program is ended in the middle. */
    private static final class Leaving extends Thread {
        private Optional<ScreenTerminal> screen = Optional.empty();

        synchronized void entered(ScreenTerminal terminal) {
            screen = Optional.of(terminal);
        }

        synchronized void left() {
            screen = Optional.empty();
        }

        @Override
        public synchronized void run() {
            screen.ifPresent(ScreenTerminal::exitPrivateMode);
        }

        void done() {
            try {
                Runtime.getRuntime().removeShutdownHook(this);
            } catch (IllegalStateException ending) {
                // It runs by now.
            }
        }
    }

    /** One walk on one terminal. */
    private final class Session {
        private final Terminal terminal;
        private final Leaving leaving;
        private final Walking walking;
        private final View view;
        private final SecretHomes homes;
        private final Consumer<Draft> saving;
        private final BlockingQueue<Optional<Input>> inputs = new LinkedBlockingQueue<>();

        Session(
                Terminal terminal,
                Leaving leaving,
                Walking walking,
                View view,
                SecretHomes homes,
                Consumer<Draft> saving) {
            this.terminal = terminal;
            this.leaving = leaving;
            this.walking = walking;
            this.view = view;
            this.homes = homes;
            this.saving = saving;
        }

        LineWizard.Outcome run(State begun) throws IOException, InterruptedException {
            var screen = new ScreenTerminal(terminal, coloured);
            var before = terminal.enterRawMode();
            var raw = terminal.getAttributes();
            raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
            raw.setInputFlag(Attributes.InputFlag.IXON, false);
            terminal.setAttributes(raw);
            terminal.handle(Terminal.Signal.WINCH, signal -> {
                screen.resized();
                inputs.add(Optional.empty());
            });
            var painter = new Painter(screen);
            leaving.entered(screen);
            painter.start();
            var reading = Thread.ofPlatform().daemon().name("keys").start(this::read);
            try {
                return walk(begun, painter);
            } finally {
                reading.interrupt();
                leaving.left();
                painter.stop();
                terminal.setAttributes(before);
            }
        }

        private void read() {
            long pause = environment.containsKey("SSH_CONNECTION") ? 100 : 50;
            var keys = new Keys(terminal.reader(), pause);
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    var input = keys.next();
                    inputs.add(input);
                    if (input.isPresent() && input.get() instanceof Input.Pressed(var key) && key == Input.Key.LEAVE) {
                        // The end of input comes again and again: each is a wish to leave.
                        TimeUnit.MILLISECONDS.sleep(BURST);
                    }
                }
            } catch (IOException | InterruptedException ended) {
                inputs.add(Optional.of(new Input.Pressed(Input.Key.LEAVE)));
            }
        }

        private LineWizard.Outcome walk(State begun, Painter painter) throws IOException, InterruptedException {
            var state = begun;
            var saved = Optional.<Draft>empty();
            Deque<Input> pending = new ArrayDeque<>();
            while (true) {
                painter.paint(view.frame(state, painter.size()));
                if (!saved.equals(Optional.of(state.draft()))) {
                    saving.accept(state.draft());
                    saved = Optional.of(state.draft());
                }
                inputs.take().ifPresent(pending::add);
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BURST);
                do {
                    for (var input = pending.poll(); input != null; input = pending.poll()) {
                        var turn = walking.turn(state, input);
                        state = turn.state();
                        for (var effect : turn.effects()) {
                            switch (effect) {
                                case Effect.Wished(var wish) -> {
                                    return new LineWizard.Outcome(state.draft(), wish);
                                }
                                case Effect.Keep keep -> pending.add(kept(keep));
                            }
                        }
                    }
                    Optional.ofNullable(inputs.poll()).flatMap(it -> it).ifPresent(pending::add);
                } while (!pending.isEmpty() && System.nanoTime() < end);
            }
        }

        private Input kept(Effect.Keep keep) {
            try {
                return new Input.Kept(keep.path(), homes.keep(keep.path(), keep.secret()));
            } catch (ProviderException unwritable) {
                return new Input.NotKept(unwritable.problem());
            } finally {
                Arrays.fill(keep.secret(), '\0');
            }
        }
    }
}
