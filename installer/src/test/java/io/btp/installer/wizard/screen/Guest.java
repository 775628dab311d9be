package io.btp.installer.wizard.screen;

import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Frame.Size;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard.Wish;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Somebody before a screen of their own, who types and looks. Secrets are kept as references to nowhere. */
final class Guest {
    private final Questionnaire questionnaire;
    private final Walking walking;
    private View view;
    private State state;
    private Size size = new Size(80, 24);
    private Optional<Wish> wish = Optional.empty();
    private Optional<String> name = Optional.empty();
    private final List<String> secrets = new ArrayList<>();
    private final List<Effect.Prove> proofs = new ArrayList<>();
    private final List<Effect.Find> searches = new ArrayList<>();
    private final List<Frame> seen = new ArrayList<>();

    Guest(Questionnaire questionnaire, Draft draft, String... only) {
        this.questionnaire = questionnaire;
        walking = new Walking(questionnaire, Set.of(only));
        view = view(Glyphs.unicode());
        var begun = walking.begin(draft);
        state = begun.state();
        begun.effects().forEach(this::does);
        look();
    }

    private View view(Glyphs glyphs) {
        return new View(walking, questionnaire, glyphs, "btp install -f btp.yaml");
    }

    Guest on(int columns, int rows) {
        size = new Size(columns, rows);
        look();
        return this;
    }

    Guest with(Glyphs glyphs) {
        view = view(glyphs);
        look();
        return this;
    }

    Guest types(String text) {
        text.codePoints().forEach(point -> gives(new Input.Typed(point)));
        return this;
    }

    Guest presses(Key... keys) {
        for (var key : keys) {
            gives(new Input.Pressed(key));
        }
        return this;
    }

    Guest pastes(String text) {
        return gives(new Input.Pasted(text));
    }

    Guest gives(Input input) {
        var turn = walking.turn(state, input);
        state = turn.state();
        look();
        turn.effects().forEach(this::does);
        return this;
    }

    private void does(Effect effect) {
        switch (effect) {
            case Effect.Wished(var wished, var other) -> {
                wish = Optional.of(wished);
                name = other;
            }
            case Effect.Prove prove -> proofs.add(prove);
            case Effect.Find find -> searches.add(find);
            case Effect.Keep(var path, var secret) -> {
                secrets.add(new String(secret));
                gives(new Input.Kept(path, "${file:btp-secrets/" + path + "}"));
            }
        }
    }

    /** Is told of answers that the last search has found. */
    Guest finds(String path, String... answers) {
        return gives(new Input.Found(searches.getLast().subject(), path, List.of(answers)));
    }

    private void look() {
        seen.add(view.frame(state, size));
    }

    /** Turns pages until this one. */
    Guest opens(String page) {
        var pages = walking.scene(state).pages().stream().map(Page::id).toList();
        int pagesOn = pages.indexOf(page) - pages.indexOf(page().id());
        for (int step = 0; step < Math.abs(pagesOn); step++) {
            presses(pagesOn < 0 ? Key.PAGE_UP : Key.PAGE_DOWN);
        }
        return this;
    }

    /** Goes to an item of this page; the optional ones are shown for it where it is one of them. */
    Guest reaches(String stop) {
        if (!stops().contains(stop) && stops().contains(Scene.MORE)) {
            reaches(Scene.MORE).types(" ");
        }
        int stopsOn = stops().indexOf(stop) - stops().indexOf(focus());
        for (int step = 0; step < Math.abs(stopsOn); step++) {
            presses(stopsOn < 0 ? Key.UP : Key.DOWN);
        }
        return this;
    }

    State state() {
        return state;
    }

    Page page() {
        return walking.scene(state).page();
    }

    List<String> stops() {
        return walking.scene(state).stops();
    }

    /** Names the item that keys go to. */
    String focus() {
        return walking.scene(state).stop(state);
    }

    Optional<String> said(String path) {
        return state.draft().at(path);
    }

    String screen() {
        return seen.getLast().text();
    }

    Frame frame() {
        return seen.getLast();
    }

    List<Frame> seen() {
        return seen;
    }

    List<String> secrets() {
        return secrets;
    }

    List<Effect.Prove> proofs() {
        return proofs;
    }

    List<Effect.Find> searches() {
        return searches;
    }

    Optional<Wish> wish() {
        return wish;
    }

    /** Gives the name of the other file that is wished for. */
    Optional<String> name() {
        return name;
    }
}
