package io.btp.installer.wizard.screen;

import io.btp.installer.screen.Input;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Frame;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard.Wish;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.screen.Frame.Size;
import io.btp.installer.screen.Input.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Somebody before a screen of their own, who types and looks. Secrets are kept as references to nowhere. */
final class Guest {
    private final Walking walking;
    private final View view;
    private State state;
    private Optional<Wish> wish = Optional.empty();
    private final List<String> secrets = new ArrayList<>();
    private final List<Frame> seen = new ArrayList<>();
    private Size size = new Size(80, 24);

    Guest(Questionnaire questionnaire, Draft draft, String... only) {
        walking = new Walking(questionnaire, Set.of(only));
        view = new View(walking, questionnaire, Glyphs.unicode(), "btp install -f btp.yaml");
        state = walking.begin(draft);
        look();
    }

    Guest on(int columns, int rows) {
        size = new Size(columns, rows);
        look();
        return this;
    }

    Guest types(String text) {
        text.codePoints().forEach(point -> give(new Input.Typed(point)));
        return this;
    }

    Guest presses(Key... keys) {
        for (var key : keys) {
            give(new Input.Pressed(key));
        }
        return this;
    }

    Guest pastes(String text) {
        give(new Input.Pasted(text));
        return this;
    }

    private void give(Input input) {
        var turn = walking.turn(state, input);
        state = turn.state();
        look();
        for (var effect : turn.effects()) {
            switch (effect) {
                case Effect.Wished(var wished) -> wish = Optional.of(wished);
                case Effect.Prove ignored -> {}
                case Effect.Keep(var path, var secret) -> {
                    secrets.add(new String(secret));
                    give(new Input.Kept(path, "${file:btp-secrets/" + path + "}"));
                }
            }
        }
    }

    private void look() {
        seen.add(view.frame(state, size));
    }

    State state() {
        return state;
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

    Optional<Wish> wish() {
        return wish;
    }
}
