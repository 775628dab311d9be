package io.btp.installer.wizard.screen;

import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.Written;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.screen.Input;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard.Wish;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.SecretHomes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what each key does. A pure function: no clock, no file, no terminal. */
public final class Walking {
    private static final int HOMES = 3;

    private final Questionnaire questionnaire;
    private final Set<String> only;

    /**
     * Walks through these questions.
     *
     * @param only slots or groups to ask about; empty for all
     */
    public Walking(Questionnaire questionnaire, Set<String> only) {
        this.questionnaire = questionnaire;
        this.only = Set.copyOf(only);
    }

    /**
     * What a key led to.
     *
     * @param state the next one
     * @param effects what has to be done outside, in order
     */
    public record Turn(State state, List<Effect> effects) {
        /** Copies the list. */
        public Turn {
            effects = List.copyOf(effects);
        }

        static Turn to(State state) {
            return new Turn(state, List.of());
        }
    }

    /** Begins where a draft stopped, and looks around. */
    public Turn begin(Draft draft) {
        return looking(Turn.to(beginning(draft)));
    }

    private State beginning(Draft draft) {
        var state = new State(
                draft,
                "",
                "",
                Optional.empty(),
                Set.of(),
                false,
                Optional.empty(),
                "",
                Map.of(),
                State.Found.nothing(""));
        var scene = scene(state);
        if (draft.stop().equals(Scene.REVIEW)) {
            return onPage(state, scene.pages().getLast());
        }
        var begun = scene.pageOf(draft.stop())
                .map(page -> at(state, page, draft.stop()))
                .orElseGet(() -> onPage(
                        state,
                        draft.stop().equals(Page.PARTS)
                                ? parts(scene)
                                : scene.pages().getFirst()));
        return draft.stop().isEmpty()
                ? begun
                : begun.told("Going on where you left; the review shows everything that you said");
    }

    private static Page parts(Scene scene) {
        return scene.pages().stream()
                .filter(page -> page.id().equals(Page.PARTS))
                .findFirst()
                .orElse(scene.pages().getFirst());
    }

    Scene scene(State state) {
        return Scene.of(questionnaire, only, state);
    }

    /**
     * Says what an input leads to; a page that was answered is proved beside what comes next, and where the world is reached in
     * another way it is looked at again.
     */
    public Turn turn(State state, Input input) {
        var turn = proving(state, input, answered(state, input));
        return turn.state().draft().typed().equals(state.draft().typed()) ? turn : looking(turn);
    }

    private Turn looking(Turn turn) {
        var draft = turn.state().draft();
        var subject = questionnaire.reach(draft);
        if (subject.equals(turn.state().found().subject())) {
            return turn;
        }
        var effects = new ArrayList<>(turn.effects());
        effects.add(new Effect.Find(draft, subject));
        return new Turn(turn.state().finding(State.Found.nothing(subject)), effects);
    }

    private Turn proving(State state, Input input, Turn turn) {
        if (!(input instanceof Input.Pressed)
                || turn.state().entry().isPresent()
                || turn.state().dialog().isPresent()) {
            return turn;
        }
        var next = turn.state();
        var effects = new ArrayList<>(turn.effects());
        boolean isTest = input.equals(new Input.Pressed(Input.Key.TEST));
        var problems = scene(next).problems();
        for (var place : Stream.of(state.page(), next.page()).distinct().toList()) {
            var subject = questionnaire.subject(next.draft(), place, problems);
            if (subject.isPresent() && isWorth(next, place, subject.get(), isTest && place.equals(next.page()))) {
                next = next.proving(place, new State.Proof(subject.get(), Optional.empty()));
                effects.add(new Effect.Prove(next.draft(), place, subject.get(), isTest));
            }
        }
        return new Turn(next, effects);
    }

    /** Once for each value: who refuses a login is not asked again and again. */
    private static boolean isWorth(State state, String place, String subject, boolean isWished) {
        var known = Optional.ofNullable(state.proofs().get(place));
        boolean isRunning = known.filter(proof -> proof.checks().isEmpty()).isPresent();
        boolean isSame = known.filter(proof -> proof.subject().equals(subject)).isPresent();
        boolean isSaid = state.draft().typed().keySet().stream().anyMatch(path -> path.startsWith(place + "."));
        return isWished ? !(isRunning && isSame) : isSaid && !isSame;
    }

    private Turn answered(State state, Input input) {
        return switch (input) {
            case Input.Proved(var place, var subject, var checks) ->
                Turn.to(
                        Optional.ofNullable(state.proofs().get(place))
                                        .filter(proof -> proof.subject().equals(subject))
                                        .isPresent()
                                ? state.proving(place, new State.Proof(subject, Optional.of(checks)))
                                : state);
            case Input.Found(var subject, var path, var answers) -> Turn.to(found(state, subject, path, answers));
            case Input.Kept(var path, var reference) -> kept(state, path, reference);
            case Input.NotKept(var problem) -> Turn.to(state.told(problem.summary() + ". " + problem.remedy()));
            case Input.Pressed(var key) when key == Input.Key.LEAVE -> leave(state);
            case Input.Pressed pressed
            when state.dialog().isPresent() -> answered(state, state.dialog().get(), pressed);
            case Input.Typed(var point)
            when state.dialog().isPresent() ->
                Turn.to(typed(state, state.dialog().get(), Character.toString(point)));
            case Input.Pasted(var text)
            when state.dialog().isPresent() ->
                Turn.to(typed(state, state.dialog().get(), text.strip()));
            case Input.Pressed(var key) -> pressed(state, key);
            case Input.Typed(var point) -> typed(state, Character.toString(point));
            case Input.Pasted(var text) -> pasted(state, text);
        };
    }

    private State found(State state, String subject, String path, List<String> answers) {
        return subject.equals(state.found().subject())
                ? state.finding(state.found().with(path, questionnaire.offered(state.draft(), path, answers)))
                : state;
    }

    private static Turn leave(State state) {
        return state.dialog().filter(State.Dialog.Leaving.class::isInstance).isPresent()
                ? new Turn(state, List.of(Effect.Wished.of(Wish.QUIT)))
                : Turn.to(state.showing(Optional.of(new State.Dialog.Leaving())));
    }

    private Turn answered(State state, State.Dialog dialog, Input.Pressed pressed) {
        var key = pressed.key();
        return switch (dialog) {
            case State.Dialog.Help ignored -> Turn.to(state.showing(Optional.empty()));
            case State.Dialog.Leaving ignored ->
                key == Input.Key.ENTER
                        ? new Turn(state, List.of(Effect.Wished.of(Wish.QUIT)))
                        : Turn.to(state.showing(Optional.empty()));
            case State.Dialog.Home home ->
                switch (key) {
                    case ENTER -> housed(state, home);
                    case ESCAPE -> Turn.to(state.showing(Optional.empty()));
                    case UP, BACK_TAB -> Turn.to(chosen(state, home, home.choice() - 1));
                    case DOWN, TAB -> Turn.to(chosen(state, home, home.choice() + 1));
                    default -> Turn.to(state);
                };
            case State.Dialog.Naming(var name) ->
                switch (key) {
                    case ENTER -> named(state, name);
                    case ESCAPE -> Turn.to(state.showing(Optional.empty()));
                    case BACKSPACE -> Turn.to(naming(state, name.substring(0, Math.max(0, name.length() - 1))));
                    case CLEAR -> Turn.to(naming(state, ""));
                    default -> Turn.to(state);
                };
        };
    }

    private static State chosen(State state, State.Dialog.Home home, int choice) {
        return state.showing(
                Optional.of(new State.Dialog.Home(home.entry(), Math.floorMod(choice, HOMES), home.after())));
    }

    private static State naming(State state, String name) {
        return state.showing(Optional.of(new State.Dialog.Naming(name)));
    }

    private static Turn named(State state, String name) {
        return name.isBlank()
                ? Turn.to(state.told("A name is needed, for example btp-test.yaml"))
                : new Turn(
                        state.showing(Optional.empty()),
                        List.of(new Effect.Wished(Wish.SAVE, Optional.of(name.strip()))));
    }

    /** A home has a number; a name has characters. */
    private static State typed(State state, State.Dialog dialog, String text) {
        return switch (dialog) {
            case State.Dialog.Home home -> {
                int choice = text.isEmpty() ? -1 : text.charAt(0) - '1';
                yield choice >= 0 && choice < HOMES ? chosen(state, home, choice) : state;
            }
            case State.Dialog.Naming(var name) -> naming(state, name + text);
            case State.Dialog.Help ignored -> state;
            case State.Dialog.Leaving ignored -> state;
        };
    }

    private Turn housed(State state, State.Dialog.Home home) {
        var path = home.entry().path();
        return switch (home.choice()) {
            case 0 ->
                new Turn(
                        state, List.of(new Effect.Keep(path, home.entry().text().toCharArray())));
            case 1 -> kept(state, path, "${env:" + SecretHomes.variable(path) + "}");
            default -> kept(state, path, "${prompt}");
        };
    }

    private Turn kept(State state, String path, String reference) {
        var after = state.dialog().get() instanceof State.Dialog.Home home ? home.after() : null;
        var field = scene(state).field(path).orElseThrow();
        var said = state.showing(Optional.empty())
                .unproved(state.page())
                .saying(state.draft().with(path, Written.of(field.question(), reference)));
        return after == null ? Turn.to(said) : turn(said, after);
    }

    private Turn pressed(State state, Input.Key key) {
        var scene = scene(state);
        var stop = scene.stop(state);
        return switch (key) {
            case HELP -> Turn.to(state.showing(Optional.of(new State.Dialog.Help())));
            case ENTER -> entered(state, scene, stop);
            case TAB, DOWN -> left(state, key, it -> moved(it, scene, stop, 1));
            case BACK_TAB, UP -> left(state, key, it -> moved(it, scene, stop, -1));
            case PAGE_DOWN -> left(state, key, it -> onPage(it, scene.page(1)));
            case PAGE_UP, ESCAPE -> left(state, key, it -> onPage(it, scene.page(-1)));
            default -> Turn.to(edited(state, scene, stop, key));
            case TEST -> left(state, key, it -> tested(it));
            case LEAVE -> leave(state);
        };
    }

    private Turn typed(State state, String text) {
        var scene = scene(state);
        var stop = scene.stop(state);
        if (text.equals("?") && !isText(scene, stop)) {
            return pressed(state, Input.Key.HELP);
        }
        if (text.equals(" ") && !isText(scene, stop)) {
            return stop.equals(Scene.MORE)
                    ? Turn.to(state.turned())
                    : Turn.to(edited(state, scene, stop, Input.Key.RIGHT));
        }
        return scene.field(stop)
                .filter(field -> isText(field.question()))
                .map(field -> Turn.to(
                        at(state, scene.page(), stop).typing(entry(state, field).inserted(text))))
                .orElseGet(() -> Turn.to(state));
    }

    private Turn pasted(State state, String text) {
        var lines = text.strip();
        var next = typed(state, lines.replaceAll("\\R", " "));
        return lines.equals(text) || next.state().entry().isEmpty()
                ? next
                : Turn.to(next.state().told("Blanks and line ends around what was pasted were left out"));
    }

    private static boolean isText(Scene scene, String stop) {
        return scene.field(stop).filter(field -> isText(field.question())).isPresent();
    }

    static boolean isText(Question<?> question) {
        return choices(question).isEmpty();
    }

    static List<String> choices(Question<?> question) {
        return question.kind() == Question.Kind.FLAG ? List.of("true", "false") : question.choices();
    }

    static Entry entry(State state, Page.Field field) {
        return state.entry().filter(entry -> entry.path().equals(field.path())).orElseGet(() -> Entry.of(field));
    }

    private static State edited(State state, Scene scene, String stop, Input.Key key) {
        if (scene.part(stop).isPresent()) {
            return otherPart(at(state, scene.page(), stop), scene.part(stop).get(), key);
        }
        var found = scene.field(stop);
        if (found.isEmpty()) {
            return state;
        }
        var field = found.get();
        if (!isText(field.question())) {
            return otherChoice(state, scene, field, key);
        }
        var entry = entry(state, field);
        var on = at(state, scene.page(), stop);
        return switch (key) {
            case LEFT -> on.typing(entry.moved(-1));
            case RIGHT -> on.typing(entry.taken(state.found().of(stop)));
            case HOME -> on.typing(entry.moved(-entry.caret()));
            case END -> on.typing(entry.moved(entry.text().length()));
            case BACKSPACE -> on.typing(entry.withoutBefore());
            case DELETE -> on.typing(entry.withoutAfter());
            case CLEAR -> on.typing(Entry.of(field, ""));
            case REVEAL -> entry.isSecret() ? on.typing(entry.revealed()) : on;
            default -> on;
        };
    }

    private static State otherChoice(State state, Scene scene, Page.Field field, Input.Key key) {
        var choices = choices(field.question());
        var on = at(state, scene.page(), field.path());
        int now = choices.indexOf(answer(field));
        return switch (key) {
            case RIGHT -> on.saying(said(on.draft(), field, choices.get((now + 1) % choices.size())));
            case LEFT -> on.saying(said(on.draft(), field, choices.get(now <= 0 ? choices.size() - 1 : now - 1)));
            case BACKSPACE, DELETE, CLEAR -> on.saying(on.draft().without(field.path()));
            default -> on;
        };
    }

    private static Draft said(Draft draft, Page.Field field, String choice) {
        return draft.with(field.path(), Written.of(field.question(), choice));
    }

    /** Gives the answer in force, which may be the default. */
    static String answer(Page.Field field) {
        return field.answer()
                .map(Written::typed)
                .or(() -> io.btp.installer.answers.Explanation.plain(field.question()))
                .orElse("");
    }

    private static State otherPart(State state, Page.Part part, Input.Key key) {
        var options = part.options();
        int most = options.size() + (part.dispensable() ? 1 : 0);
        int now = part.chosen().map(options::indexOf).orElse(part.dispensable() ? options.size() : -1);
        return switch (key) {
            case RIGHT -> state.saying(choose(state.draft(), part, (now + 1) % most));
            case LEFT -> state.saying(choose(state.draft(), part, now <= 0 ? most - 1 : now - 1));
            default -> state;
        };
    }

    private static Draft choose(Draft draft, Page.Part part, int index) {
        Optional<Provider<?, ?>> provider =
                index < part.options().size() ? Optional.of(part.options().get(index)) : Optional.empty();
        return Questionnaire.choose(draft, part, provider);
    }

    private State tested(State state) {
        return questionnaire
                        .subject(state.draft(), state.page(), scene(state).problems())
                        .isPresent()
                ? state
                : state.told("There is nothing to be tested here, or not yet: see what is needed or wrong");
    }

    /** Leaves an item: what was typed becomes an answer, and a typed secret needs a home first. */
    private Turn left(State state, Input.Key key, UnaryOperator<State> then) {
        if (state.entry().isEmpty()) {
            var stop = scene(state).stop(state);
            return Turn.to(then.apply(state.leaving(Set.of(stop))));
        }
        var entry = state.entry().get();
        if (entry.isSecret()) {
            var hidden = entry.hidden();
            return Turn.to(state.typing(hidden)
                    .showing(Optional.of(new State.Dialog.Home(hidden, 0, new Input.Pressed(key)))));
        }
        return Turn.to(then.apply(state.saying(entry.in(state.draft())).leaving(Set.of(entry.path()))));
    }

    private static State moved(State state, Scene scene, String stop, int by) {
        var stops = scene.stops();
        return stops.isEmpty()
                ? state
                : at(state, scene.page(), stops.get(Math.floorMod(stops.indexOf(stop) + by, stops.size())));
    }

    private State onPage(State state, Page page) {
        var there = state.on(page.id(), "");
        var scene = scene(there);
        return at(there, page, scene.stops().isEmpty() ? "" : first(scene));
    }

    /** Gives the first item that has to be answered, or the first one. */
    private static String first(Scene scene) {
        return scene.stops().stream()
                .filter(stop -> isOpen(scene, stop))
                .findFirst()
                .orElse(scene.stops().getFirst());
    }

    private static boolean isOpen(Scene scene, String stop) {
        return scene.page().items().stream().anyMatch(item -> item.path().equals(stop) && isOpen(item));
    }

    /** Goes to an item; the draft knows where it is, for the next time. */
    private static State at(State state, Page page, String stop) {
        var draft = state.draft().on(remembered(page, stop));
        return new State(
                draft,
                page.id(),
                stop,
                state.entry().filter(entry -> entry.path().equals(stop)),
                state.left(),
                state.whole() && page.id().equals(state.page()),
                Optional.empty(),
                "",
                state.proofs(),
                state.found());
    }

    private static String remembered(Page page, String stop) {
        if (page.items().isEmpty() || page.id().equals(Page.PARTS)) {
            return page.id();
        }
        return stop.equals(Scene.MORE) ? page.items().getFirst().path() : stop;
    }

    private Turn entered(State state, Scene scene, String stop) {
        if (scene.page().id().equals(Scene.REVIEW)) {
            return chosen(state, scene, stop);
        }
        return left(state, Input.Key.ENTER, this::onward);
    }

    /** Goes to the next thing that has to be answered or mended on this page, else to the next page. */
    private State onward(State state) {
        var scene = scene(state);
        var stop = scene.stop(state);
        var wrong = scene.stops().stream()
                .filter(it -> isOpen(scene, it) || !scene.problems(it).isEmpty())
                .toList();
        if (wrong.contains(stop) && scene.field(stop).isPresent()) {
            var sentence =
                    scene.problems(stop).stream().map(AnswerProblem::remedy).findFirst();
            return state.told(sentence.orElse("An answer is needed; F1 explains"));
        }
        int at = scene.stops().indexOf(stop);
        var next = wrong.stream()
                .filter(it -> scene.stops().indexOf(it) > at)
                .findFirst()
                .or(() -> wrong.stream().findFirst());
        if (next.isEmpty()) {
            return onPage(state, nextToAnswer(state, scene));
        }
        var there = at(state, scene.page(), next.get());
        return next.get().equals(stop) ? there.told("Somebody has to be chosen: Space, or the arrow keys") : there;
    }

    /** Gives the next page on which something has to be answered, mended or chosen; at last the review. */
    private Page nextToAnswer(State state, Scene scene) {
        var later = scene.pages()
                .subList(scene.pages().indexOf(scene.page()) + 1, scene.pages().size());
        return later.stream()
                .filter(page -> page.id().equals(Page.PARTS)
                        || !only.isEmpty()
                        || page.items().stream()
                                .anyMatch(item -> isOpen(item)
                                        || isUndecided(state, item)
                                        || !scene.problems(item.path()).isEmpty()))
                .findFirst()
                .orElse(scene.pages().getLast());
    }

    /** Where several answers were found, nobody should pass by without having seen them. */
    private static boolean isUndecided(State state, Page.Item item) {
        return state.found().of(item.path()).size() > 1
                && item instanceof Page.Field field
                && field.answer().isEmpty()
                && !state.left().contains(item.path());
    }

    private static boolean isOpen(Page.Item item) {
        return switch (item) {
            case Page.Field field -> field.isOpen();
            case Page.Part part -> part.chosen().isEmpty() && !part.dispensable();
        };
    }

    private Turn chosen(State state, Scene scene, String stop) {
        if (stop.equals(Scene.MORE)) {
            return Turn.to(state.turned());
        }
        var action = Action.at(stop);
        if (action.filter(Action.SAVE_AS::equals).isPresent()) {
            return Turn.to(naming(state, ""));
        }
        if (action.isPresent()) {
            return new Turn(state, List.of(Effect.Wished.of(action.get().wish())));
        }
        return scene.pageOf(stop)
                .map(page -> Turn.to(at(state.leaving(names(page)), page, item(page, stop))))
                .orElseGet(() -> Turn.to(state.told("Nothing asks for " + stop + ": change it in the file")));
    }

    private static Set<String> names(Page page) {
        return page.items().stream().map(Page.Item::path).collect(Collectors.toSet());
    }

    private static String item(Page page, String path) {
        return page.items().stream()
                .filter(item -> Scene.isAbout(item, path))
                .map(Page.Item::path)
                .findFirst()
                .orElse(path);
    }
}
