package io.btp.installer.terminal;

import io.btp.installer.api.ProviderException;
import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.KeyLine;
import io.btp.installer.screen.Role;
import io.btp.installer.screen.Sheet;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.Search;
import io.btp.installer.wizard.SecretHomes;
import io.btp.installer.wizard.World;
import io.btp.installer.wizard.screen.Effect;
import io.btp.installer.wizard.screen.View;
import io.btp.installer.wizard.screen.Walking;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The whole screen of the terminal that this program runs on, for the wizard and for runs. Nothing is opened before it is used. */
public final class FullScreen {
    /** What is typed in this time is drawn at once. */
    private static final long BURST = 30;

    private static final long PATIENCE_SECONDS = 5;

    private final Map<String, String> environment;
    private final boolean coloured;
    private Optional<Display> begun = Optional.empty();

    /**
     * Prepares a screen.
     *
     * @param environment of this process
     * @param coloured whether colours are wanted
     */
    public FullScreen(Map<String, String> environment, boolean coloured) {
        this.environment = Map.copyOf(environment);
        this.coloured = coloured;
    }

    /**
     * Tells whether this terminal can show it, as far as its name says: a serial line, an editor or a screen reader cannot, and what
     * builds software only looks like one.
     */
    public boolean isLikely() {
        var type = environment.getOrDefault("TERM", "");
        return environment.getOrDefault("ACCESSIBLE", "").isEmpty()
                && environment.getOrDefault("CI", "").isEmpty()
                && !type.isEmpty()
                && !type.startsWith("dumb")
                && !type.startsWith("vt")
                && !type.equals("emacs");
    }

    /**
     * Takes the screen, and shows that something is going on. Until {@link #walk} or {@link #leave}, Ctrl-C ends the program, and
     * other keys are kept for the walk.
     */
    public synchronized void begin() throws IOException {
        begun = Display.open(environment, coloured, false, true, View.LEAST);
        if (begun.isPresent()) {
            begun.get().paint(first(begun.get().size(), begun.get().glyphs()));
        }
    }

    private static Frame first(Frame.Size size, Glyphs glyphs) {
        var sheet = new Sheet(size.columns());
        sheet.line(new Run(" BTP installer", Role.TITLE));
        sheet.line(new Run(glyphs.rule().repeat(size.columns()), Role.PLAIN));
        sheet.text(Role.PLAIN, " ", "Looking what can be chosen. Nothing is changed until you confirm a plan.");
        var lines = new ArrayList<>(sheet.shown(size.rows() - 1));
        lines.add(KeyLine.of(size.columns(), List.of("Ctrl-C leave")));
        return new Frame(size, lines, Optional.empty());
    }

    /** Gives the screen back, if it was taken by {@link #begin}. */
    public synchronized void leave() {
        begun.ifPresent(Display::close);
        begun = Optional.empty();
    }

    private synchronized Optional<Display> taken(boolean insisted) throws IOException {
        var display = begun.isPresent() ? begun : Display.open(environment, coloured, insisted, false, View.LEAST);
        begun = Optional.empty();
        return display;
    }

    long escapePause() {
        return environment.containsKey("SSH_CONNECTION") ? 100 : 50;
    }

    /** Takes the screen for a run, which Ctrl-C interrupts. */
    Optional<Display> forRun() throws IOException {
        return Display.open(environment, coloured, true, true, View.LEAST);
    }

    /**
     * Walks through the wizard from where a draft is to a wish.
     *
     * @param insisted whether the person asked for the whole screen, however small it is
     * @return empty where this terminal cannot show it
     */
    public Optional<LineWizard.Outcome> walk(
            Questionnaire questionnaire,
            World world,
            Draft draft,
            SecretHomes homes,
            Consumer<Draft> saving,
            Set<String> only,
            String equal,
            boolean insisted)
            throws IOException, InterruptedException {
        var opened = taken(insisted);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (var display = opened.get()) {
            display.takeInterrupts();
            var walking = new Walking(questionnaire, only);
            var view = new View(walking, questionnaire, display.glyphs(), equal);
            try (var session = new Session(display, questionnaire, world, walking, view, homes, saving)) {
                return Optional.of(session.walk(walking.begin(draft)));
            }
        }
    }

    /** One walk on one terminal. */
    private final class Session implements AutoCloseable {
        private final Display display;
        private final Questionnaire questionnaire;
        private final Search search;
        private final Walking walking;
        private final View view;
        private final SecretHomes homes;
        private final Consumer<Draft> saving;
        private final BlockingQueue<Optional<Input>> inputs = new LinkedBlockingQueue<>();

        private final ScheduledExecutorService proving = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("proving").factory());
        private final Proofs proofs;

        Session(
                Display display,
                Questionnaire questionnaire,
                World world,
                Walking walking,
                View view,
                SecretHomes homes,
                Consumer<Draft> saving) {
            this.display = display;
            this.questionnaire = questionnaire;
            this.search = new Search(world.finder());
            this.proofs = new Proofs(
                    questionnaire,
                    world.prover(),
                    proved -> inputs.add(Optional.of(proved)),
                    (seconds, deed) -> proving.schedule(deed, seconds, TimeUnit.SECONDS));
            this.walking = walking;
            this.view = view;
            this.homes = homes;
            this.saving = saving;
        }

        LineWizard.Outcome walk(Walking.Turn begun) throws IOException, InterruptedException {
            display.listen(inputs::add, escapePause());
            var state = begun.state();
            var saved = Optional.<Draft>empty();
            Deque<Input> pending = new ArrayDeque<>();
            begun.effects().forEach(effect -> done(effect, pending));
            while (true) {
                var size = display.size();
                display.paint(view.frame(state, size));
                if (!saved.equals(Optional.of(state.draft()))) {
                    saving.accept(state.draft());
                    saved = Optional.of(state.draft());
                }
                if (pending.isEmpty()) {
                    inputs.take().ifPresent(pending::add);
                }
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BURST);
                do {
                    for (var input = pending.poll(); input != null; input = pending.poll()) {
                        if (!View.isTaken(input, size)) {
                            continue;
                        }
                        var turn = walking.turn(state, input);
                        state = turn.state();
                        for (var effect : turn.effects()) {
                            var wished = done(effect, pending);
                            if (wished.isPresent()) {
                                saving.accept(state.draft());
                                return new LineWizard.Outcome(
                                        state.draft(),
                                        wished.get().wish(),
                                        wished.get().name());
                            }
                        }
                    }
                    Optional.ofNullable(inputs.poll()).flatMap(it -> it).ifPresent(pending::add);
                } while (!pending.isEmpty() && System.nanoTime() < end);
            }
        }

        /** Does what is asked for, or has it done beside; gives the wish that ends the walk. */
        private Optional<Effect.Wished> done(Effect effect, Deque<Input> pending) {
            switch (effect) {
                case Effect.Wished wished -> {
                    return Optional.of(wished);
                }
                case Effect.Keep keep -> pending.add(kept(keep));
                case Effect.Prove prove -> proofs.begin(prove);
                case Effect.Find(var draft, var subject) ->
                    search.begin(
                            questionnaire.answers(draft),
                            (path, answers) -> inputs.add(Optional.of(new Input.Found(subject, path, answers))),
                            () -> {});
            }
            return Optional.empty();
        }

        /** Whoever goes on does not wait for proofs that nobody reads any more. */
        @Override
        public void close() {
            proving.shutdownNow();
            search.close();
            try {
                proving.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
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
