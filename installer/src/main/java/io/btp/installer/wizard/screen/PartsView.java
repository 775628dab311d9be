package io.btp.installer.wizard.screen;

import io.btp.installer.answers.Explanation;
import io.btp.installer.api.Provider;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Role;
import io.btp.installer.screen.SafeText;
import io.btp.installer.screen.Sheet;
import io.btp.installer.wizard.Page;

/** Shows who runs what. */
final class PartsView {
    private static final int WIDEST = 30;
    private static final String INDENT = "     ";

    private final Glyphs glyphs;

    PartsView(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Shows who runs what, and all choices of the slot that keys go to. */
    void show(Scene scene, String stop, Sheet body) {
        int widest = scene.page().parts().stream()
                .mapToInt(part -> SafeText.columns(SafeText.of(part.title())))
                .max()
                .orElse(0);
        for (var part : scene.page().parts()) {
            boolean isFocus = part.path().equals(stop);
            if (isFocus) {
                body.focus();
            }
            var chosen = part.chosen().map(PartsView::name).orElse(part.dispensable() ? "disabled" : "to be chosen");
            body.line(
                    glyphs.mark(isFocus),
                    new Run(
                            SafeText.fitted(SafeText.of(part.title()), Math.min(widest, WIDEST)) + "  ",
                            isFocus ? Role.TITLE : Role.PLAIN),
                    new Run(chosen, part.chosen().isEmpty() && !part.dispensable() ? Role.WARNING : Role.PLAIN));
            if (isFocus) {
                options(part, body);
                body.unfocus();
            }
        }
    }

    private static String name(Provider<?, ?> provider) {
        return provider.description().title() + " (" + provider.description().mode() + ")";
    }

    /** Shows who may fill a slot, what each choice means, and what it costs. */
    void options(Page.Part part, Sheet body) {
        for (var option : part.options()) {
            boolean isChosen = part.chosen().filter(option::equals).isPresent();
            body.line(
                    new Run(INDENT + (isChosen ? glyphs.chosen() : "( )") + " ", Role.PLAIN),
                    new Run(name(option), isChosen ? Role.FOCUS : Role.PLAIN));
            body.text(Role.PLAIN, INDENT + "    ", option.description().summary());
            Explanation.cost(option.description()).ifPresent(cost -> body.text(Role.PLAIN, INDENT + "    ", cost));
            option.description()
                    .notice()
                    .ifPresent(notice -> body.text(Role.WARNING, INDENT + "    ", "Notice: " + notice));
        }
        if (part.dispensable()) {
            boolean isChosen = part.chosen().isEmpty();
            body.line(
                    new Run(INDENT + (isChosen ? glyphs.chosen() : "( )") + " ", Role.PLAIN),
                    new Run("disabled", isChosen ? Role.FOCUS : Role.PLAIN),
                    new Run(": the platform can live without it", Role.PLAIN));
        }
    }
}
