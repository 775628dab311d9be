package io.btp.installer.wizard.screen;

import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Frame.Line;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Frame.Size;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.KeyLine;
import io.btp.installer.screen.Role;
import io.btp.installer.screen.SafeText;
import io.btp.installer.screen.Sheet;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows a state: a head, the page, what was just said, and the keys that work now. A pure function. */
public final class View {
    /** The least that a page can be read on. */
    public static final Size LEAST = new Size(60, 16);

    private static final int HEAD = 2;
    private static final int FOOT = 3;
    private static final int HELP = 5;

    private final Walking walking;
    private final Glyphs glyphs;
    private final FieldsView fields;
    private final PartsView parts;
    private final ReviewView review;
    private final DialogView dialogs;

    /**
     * Shows what a walk leads to.
     *
     * @param equal the command that does the same without questions
     */
    public View(Walking walking, Questionnaire questionnaire, Glyphs glyphs, String equal) {
        this.walking = walking;
        this.glyphs = glyphs;
        this.fields = new FieldsView(questionnaire, glyphs);
        this.parts = new PartsView(glyphs);
        this.review = new ReviewView(questionnaire, glyphs, equal);
        this.dialogs = new DialogView(glyphs, parts);
    }

    /** Tells whether a page can be read on a screen of this size. */
    public static boolean isTooSmall(Size size) {
        return size.columns() < LEAST.columns() || size.rows() < LEAST.rows();
    }

    /** Tells whether an input means anything on a screen of this size: nobody types what cannot be read. */
    public static boolean isTaken(Input input, Size size) {
        return switch (input) {
            case Input.Pressed(var key) -> key == Input.Key.LEAVE || !isTooSmall(size);
            case Input.Typed ignored -> !isTooSmall(size);
            case Input.Pasted ignored -> !isTooSmall(size);
            case Input.Kept ignored -> true;
            case Input.NotKept ignored -> true;
            case Input.Proved ignored -> true;
            case Input.Found ignored -> true;
        };
    }

    /** Shows a state. */
    public Frame frame(State state, Size size) {
        if (isTooSmall(size)) {
            return tooSmall(state, size);
        }
        var scene = walking.scene(state);
        var body = new Sheet(size.columns());
        var keys = state.dialog().isPresent()
                ? dialogs.show(state, scene, state.dialog().get(), body)
                : page(state, scene, body);
        int rows = size.rows() - HEAD - FOOT;
        var explained = state.dialog().isEmpty() ? explained(scene, state, size, rows - body.size()) : List.<Line>of();
        int shown = rows - explained.size();

        var lines = new ArrayList<Line>();
        lines.add(head(scene, state, size));
        lines.add(rule(size));
        lines.addAll(body.shown(shown));
        lines.addAll(explained);
        lines.add(message(scene, state, size));
        lines.add(rule(size));
        lines.add(KeyLine.of(size.columns(), keys));
        return new Frame(size, lines, body.caret(shown, HEAD));
    }

    private static Frame tooSmall(State state, Size size) {
        boolean isLeaving =
                state.dialog().filter(State.Dialog.Leaving.class::isInstance).isPresent();
        var words = List.of(
                "Terminal is %dx%d, and the".formatted(size.columns(), size.rows()),
                "wizard needs %dx%d.".formatted(LEAST.columns(), LEAST.rows()),
                "",
                isLeaving ? "Press Ctrl-C again to leave," : "Make it larger, or press Ctrl-C",
                "and run btp wizard --ui line.",
                "What you said is kept.");
        var lines = new ArrayList<Line>();
        for (int row = 0; row < size.rows(); row++) {
            lines.add(Line.of(Role.PLAIN, row < words.size() ? SafeText.cut(words.get(row), size.columns()) : ""));
        }
        return new Frame(size, lines, Optional.empty());
    }

    private static Line head(Scene scene, State state, Size size) {
        var left = " BTP installer";
        var place = "  %d/%d "
                .formatted(
                        scene.pages().indexOf(scene.page()) + 1, scene.pages().size());
        var right = SafeText.cut(SafeText.of(brief(scene.page().title())), size.columns() / 2) + place;
        var name = Optional.ofNullable(state.draft().typed().get("installation.name"))
                .map(it -> "  " + SafeText.of(it))
                .orElse("");
        int room = size.columns() - left.length() - SafeText.columns(right);
        return new Line(List.of(
                new Run(left, Role.TITLE),
                new Run(SafeText.fitted(name, room), Role.PLAIN),
                new Run(right, Role.TITLE)));
    }

    /** Titles may say more behind a colon. */
    private static String brief(String title) {
        return title.split(": ", 2)[0];
    }

    private Line rule(Size size) {
        return Line.of(Role.PLAIN, glyphs.rule().repeat(size.columns()));
    }

    private Line message(Scene scene, State state, Size size) {
        if (!state.message().isEmpty()) {
            return Line.of(Role.WARNING, SafeText.cut(" ! " + SafeText.of(state.message()), size.columns()));
        }
        long wrong = scene.page().items().stream()
                .filter(item -> state.left().contains(item.path()))
                .filter(item -> !scene.problems(item.path()).isEmpty())
                .count();
        return wrong == 0
                ? Line.empty()
                : Line.of(
                        Role.BAD,
                        " %s %d %s on this page".formatted(glyphs.bad(), wrong, wrong == 1 ? "error" : "errors"));
    }

    private List<String> page(State state, Scene scene, Sheet body) {
        if (!brief(scene.page().title()).equals(scene.page().title())) {
            body.text(Role.PLAIN, " ", scene.page().title());
        }
        scene.page().words().forEach(words -> body.text(Role.PLAIN, " ", words));
        if (body.size() > 0) {
            body.blank();
        }
        var stop = scene.stop(state);
        if (scene.page().id().equals(Scene.REVIEW)) {
            review.show(state, scene, stop, body);
            return List.of("Up/Down move", "Enter do, or change an answer", "F1 help", "Esc back", "Ctrl-C leave");
        }
        if (scene.page().id().equals(Page.PARTS)) {
            parts.show(scene, stop, body);
            return List.of("Up/Down move", "Space choose", "Enter next page", "F1 help", "Esc back", "Ctrl-C leave");
        }
        return fields.show(state, scene, stop, body);
    }

    /** Explains the question that keys go to below the page, where there is room. */
    private static List<Line> explained(Scene scene, State state, Size size, int room) {
        var field = scene.field(scene.stop(state));
        if (field.isEmpty()) {
            return List.of();
        }
        var sheet = new Sheet(size.columns());
        sheet.blank();
        FieldsView.explain(field.get().question(), sheet);
        int rows = Math.min(HELP, sheet.size());
        return room >= rows || size.rows() >= 24 ? sheet.shown(rows) : List.of();
    }
}
