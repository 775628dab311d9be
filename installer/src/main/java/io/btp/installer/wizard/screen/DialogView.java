package io.btp.installer.wizard.screen;

import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Role;
import io.btp.installer.screen.SafeText;
import io.btp.installer.screen.Sheet;
import io.btp.installer.wizard.Found;
import io.btp.installer.wizard.SecretHomes;
import java.util.List;

/** Shows what stands in front of a page. */
final class DialogView {
    private static final int MARGIN = 17;
    private static final String INDENT = "     ";

    private final Glyphs glyphs;
    private final PartsView parts;

    DialogView(Glyphs glyphs, PartsView parts) {
        this.glyphs = glyphs;
        this.parts = parts;
    }

    /** Shows it. Gives the keys that work now. */
    List<String> show(State state, Scene scene, State.Dialog dialog, Sheet body) {
        return switch (dialog) {
            case State.Dialog.Help ignored -> {
                help(state, scene, scene.stop(state), body);
                yield List.of("any key goes back");
            }
            case State.Dialog.Leaving ignored -> {
                body.text(Role.TITLE, " ", "Leave?");
                body.blank();
                body.text(Role.PLAIN, " ", "Nothing was changed. What you said is kept: btp wizard goes on there.");
                yield List.of("Enter or Ctrl-C leave", "Esc stay");
            }
            case State.Dialog.Naming(var name) -> {
                body.text(Role.TITLE, " ", "Save the answers in which file? It is made beside the other one.");
                body.blank();
                var shown = SafeText.tail(SafeText.of(name), body.columns() - MARGIN);
                body.line(
                        new Run(INDENT + "[ ", Role.PLAIN), new Run(shown + " ", Role.FOCUS), new Run("]", Role.PLAIN));
                body.caret(INDENT.length() + 2 + SafeText.columns(shown));
                yield List.of("Enter save", "Ctrl-U clear", "Esc back", "Ctrl-C leave");
            }
            case State.Dialog.Home home -> {
                home(home, body);
                yield List.of("Up/Down choose", "Enter take it", "Esc back to the field", "Ctrl-C leave");
            }
        };
    }

    private void help(State state, Scene scene, String stop, Sheet body) {
        scene.field(stop).ifPresent(field -> {
            body.text(Role.TITLE, " ", field.question().title());
            body.blank();
            FieldsView.explain(field.question(), body);
            var found = state.found().of(field.path());
            if (!found.isEmpty()) {
                body.text(Role.PLAIN, " ", Found.line(found, found.size()));
            }
            body.text(Role.PLAIN, " ", "Key in the answers file: " + field.path());
            body.blank();
        });
        scene.part(stop).ifPresent(part -> {
            body.text(Role.TITLE, " ", part.title());
            body.blank();
            parts.options(part, body);
            body.text(Role.PLAIN, " ", "Key in the answers file: " + part.path() + ".mode");
            body.blank();
        });
        body.text(
                Role.PLAIN,
                " ",
                "Tab, Shift-Tab and the arrow keys move. Enter goes on to whatever has to be answered next."
                        + " Page Down and Page Up turn pages. Nothing is changed until you confirm a plan.");
    }

    private void home(State.Dialog.Home home, Sheet body) {
        body.text(Role.TITLE, " ", "Where is this secret to be kept? The answers file holds none.");
        body.blank();
        var homes = SecretHomes.words(home.entry().path());
        for (int index = 0; index < homes.size(); index++) {
            boolean isChosen = index == home.choice();
            body.text(
                    isChosen ? Role.FOCUS : Role.PLAIN,
                    "   ",
                    "%s %d %s".formatted(isChosen ? glyphs.chosen() : "( )", index + 1, homes.get(index)));
        }
    }
}
