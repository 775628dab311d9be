package io.btp.installer.wizard.screen;

import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.Explanation;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.event.RunEvent;
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
import io.btp.installer.wizard.Found;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import io.btp.installer.wizard.SecretHomes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows a state: a head, the page, what was just said, and the keys that work now. A pure function. */
public final class View {
    /** The least that a page can be read on. */
    public static final Size LEAST = new Size(60, 16);

    private static final int HEAD = 2;
    private static final int FOOT = 3;
    private static final int HELP = 5;
    private static final int NOTE = 12;
    private static final int MOST_PLACES = 3;
    private static final int MOST_FOUND = 5;
    private static final String INDENT = "     ";

    private final Walking walking;
    private final Questionnaire questionnaire;
    private final Glyphs glyphs;
    private final String equal;

    /**
     * Shows what a walk leads to.
     *
     * @param equal the command that does the same without questions
     */
    public View(Walking walking, Questionnaire questionnaire, Glyphs glyphs, String equal) {
        this.walking = walking;
        this.questionnaire = questionnaire;
        this.glyphs = glyphs;
        this.equal = equal;
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
                ? dialog(state, scene, state.dialog().get(), body)
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
            review(state, scene, stop, body);
            return List.of("Up/Down move", "Enter do, or change an answer", "F1 help", "Esc back", "Ctrl-C leave");
        }
        if (scene.page().id().equals(Page.PARTS)) {
            parts(scene, stop, body);
            return List.of("Up/Down move", "Space choose", "Enter next page", "F1 help", "Esc back", "Ctrl-C leave");
        }
        scene.stops().forEach(path -> {
            if (path.equals(Scene.MORE)) {
                more(state, scene, stop, body);
            } else {
                field(state, scene, scene.field(path).orElseThrow(), path.equals(stop), body);
            }
        });
        for (var problem : scene.together()) {
            body.text(Role.BAD, "   ", glyphs.bad() + " " + problem.sentence() + ". " + problem.remedy());
        }
        var subject = questionnaire.subject(state.draft(), scene.page().id(), scene.problems());
        proof(state, scene.page().id(), subject, body);
        var keys = new ArrayList<>(List.of("Tab move", "Enter next"));
        fieldKey(state, scene, stop).ifPresent(keys::add);
        if (subject.isPresent()) {
            keys.add("F5 test");
        }
        keys.addAll(List.of("F1 help", "Esc back", "Ctrl-C leave"));
        return keys;
    }

    /** What the world says to the answers of a page; some of it while they are still given. */
    private void proof(State state, String place, Optional<String> subject, Sheet body) {
        var proof = Optional.ofNullable(state.proofs().get(place));
        if (proof.isEmpty()) {
            return;
        }
        body.blank();
        if (!proof.map(State.Proof::subject).equals(subject)) {
            body.text(Role.WARNING, "   ", "The answers have changed since they were proved");
        } else if (proof.get().checks().isEmpty()) {
            body.text(Role.ACCENT, "   ", "Being proved; you need not wait");
        }
        proof.get().checks().stream().flatMap(List::stream).forEach(check -> check(check, body));
    }

    private void check(RunEvent.Checked check, Sheet body) {
        var word = check.outcome().name().toLowerCase(Locale.ROOT) + ": ";
        switch (check.outcome()) {
            case PASSED -> body.text(Role.GOOD, "   ", glyphs.good() + " " + check.title() + detail(check));
            case SIMULATED, SKIPPED ->
                body.text(Role.PLAIN, "   ", glyphs.waiting() + " " + word + check.title() + detail(check));
            case WARNED -> body.text(Role.WARNING, "   ", "! " + word + check.detail());
            case FAILED -> body.text(Role.BAD, "   ", glyphs.bad() + " " + word + check.detail());
        }
        check.problem().map(Problem::root).ifPresent(root -> {
            if (!root.summary().equals(check.detail())) {
                body.text(Role.PLAIN, "       ", "because " + root.summary());
            }
            if (!root.remedy().isEmpty()) {
                body.text(Role.PLAIN, "       ", "remedy: " + root.remedy());
            }
        });
    }

    private static String detail(RunEvent.Checked check) {
        return check.detail().isEmpty() ? "" : " (" + check.detail() + ")";
    }

    private static Optional<String> fieldKey(State state, Scene scene, String stop) {
        var isSecret = state.entry().filter(Entry::isSecret).isPresent();
        return scene.field(stop)
                .map(field -> Walking.isText(field.question())
                        ? (isSecret ? "Ctrl-R reveal" : "Ctrl-U clear")
                        : "Space choose");
    }

    private Run mark(boolean isFocus) {
        return new Run(isFocus ? " " + glyphs.focus() + " " : "   ", Role.ACCENT);
    }

    private void field(State state, Scene scene, Page.Field field, boolean isFocus, Sheet body) {
        if (isFocus) {
            body.focus();
        }
        body.line(mark(isFocus), new Run(field.question().title(), isFocus ? Role.TITLE : Role.PLAIN));
        if (Walking.isText(field.question())) {
            box(state, field, isFocus, body);
        } else {
            choices(field, body);
        }
        if (state.left().contains(field.path())) {
            for (var problem : scene.problems(field.path())) {
                body.text(Role.BAD, INDENT, glyphs.bad() + " " + words(problem, field));
            }
        }
        if (isFocus) {
            body.unfocus();
        }
    }

    /** The question stands above: its path need not be said again. */
    private static String words(AnswerProblem problem, Page.Field field) {
        var about = problem.path().equals(field.path()) ? problem.message() : problem.sentence();
        return about + ". " + problem.remedy();
    }

    private void box(State state, Page.Field field, boolean isFocus, Sheet body) {
        var entry = state.entry().filter(it -> it.path().equals(field.path()));
        int room = body.columns() - INDENT.length() - 4 - NOTE;
        var before = entry.map(it -> visible(it, it.before()))
                .orElseGet(() -> Entry.of(field).text());
        var after =
                entry.map(it -> visible(it, it.after())).orElseGet(() -> before.isEmpty() ? Walking.answer(field) : "");
        var tail = isFocus ? SafeText.tail(SafeText.of(before), room - 1) : SafeText.of(before);
        var shown = SafeText.fitted(tail + SafeText.of(after), room);
        body.line(
                new Run(INDENT + "[ ", Role.PLAIN),
                new Run(shown, isFocus ? Role.FOCUS : Role.PLAIN),
                new Run(" ] " + note(state, field), Role.PLAIN));
        if (isFocus) {
            body.caret(INDENT.length() + 2 + SafeText.columns(tail));
            found(state, field, body);
        }
    }

    private static void found(State state, Page.Field field, Sheet body) {
        var found = state.found().of(field.path());
        if (!found.isEmpty()) {
            var next = Walking.entry(state, field).next(found);
            body.text(
                    Role.PLAIN,
                    INDENT,
                    Found.line(found, MOST_FOUND)
                            + next.map(it -> " (Right takes " + it + ")").orElse(""));
        }
    }

    private String visible(Entry entry, String text) {
        return entry.isSecret() && !entry.shown()
                ? glyphs.hidden().repeat((int) text.codePoints().count())
                : text;
    }

    private static String note(State state, Page.Field field) {
        if (state.draft().at(field.path()).isPresent()
                || state.entry().filter(it -> it.path().equals(field.path())).isPresent()) {
            return "";
        }
        if (field.answer().isPresent()) {
            return "from file";
        }
        if (field.question().isRequired()) {
            return "needed";
        }
        return field.question().generated().isPresent()
                ? "generated"
                : Walking.answer(field).isEmpty() ? "" : "default";
    }

    private void choices(Page.Field field, Sheet body) {
        var answer = Walking.answer(field);
        var words = new StringBuilder();
        for (var choice : Walking.choices(field.question())) {
            words.append(words.isEmpty() ? "" : "  ")
                    .append(choice.equals(answer) ? glyphs.chosen() : "( )")
                    .append(' ')
                    .append(choice);
        }
        body.text(Role.PLAIN, INDENT, words.toString());
    }

    private void more(State state, Scene scene, String stop, Sheet body) {
        boolean isFocus = stop.equals(Scene.MORE);
        long hidden = scene.page().fields().size() - scene.stops().size() + 1;
        if (isFocus) {
            body.focus();
        }
        body.line(
                mark(isFocus),
                new Run(
                        state.whole() ? "[x] Show optional settings" : "[ ] Show optional settings (" + hidden + ")",
                        isFocus ? Role.TITLE : Role.PLAIN));
        if (isFocus) {
            body.unfocus();
        }
    }

    private void parts(Scene scene, String stop, Sheet body) {
        int widest = scene.page().parts().stream()
                .mapToInt(part -> SafeText.columns(SafeText.of(part.title())))
                .max()
                .orElse(0);
        for (var part : scene.page().parts()) {
            boolean isFocus = part.path().equals(stop);
            if (isFocus) {
                body.focus();
            }
            var chosen = part.chosen().map(View::name).orElse(part.dispensable() ? "disabled" : "to be chosen");
            body.line(
                    mark(isFocus),
                    new Run(
                            SafeText.fitted(SafeText.of(part.title()), Math.min(widest, 30)) + "  ",
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

    private void options(Page.Part part, Sheet body) {
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

    private void review(State state, Scene scene, String stop, Sheet body) {
        if (scene.problems().isEmpty()) {
            proofs(state, scene, body);
            body.blank();
            for (var action : Action.values()) {
                item(body, stop.equals(action.stop()), action.words(), Role.PLAIN);
            }
        } else {
            body.text(Role.BAD, " ", "To be mended before anything can be done with these answers:");
            body.blank();
            for (var problem : scene.problems()) {
                item(body, stop.equals(problem.path()), problem.sentence() + ". " + problem.remedy(), Role.BAD);
            }
        }
        body.blank();
        body.text(Role.PLAIN, " ", "The same without questions: " + equal);
        body.blank();
        body.line(new Run(state.whole() ? " Every answer, and where it comes from" : " What you said", Role.TITLE));
        if (state.whole()) {
            scene.origins()
                    .forEach(origin -> item(
                            body,
                            stop.equals(origin.path()),
                            "%s: %s (%s)".formatted(origin.path(), origin.shown(), origin.where()),
                            Role.PLAIN));
        } else {
            said(state, stop, body);
        }
        if (scene.stops().contains(Scene.MORE)) {
            var words = state.whole()
                    ? "[x] Show every answer"
                    : "[ ] Show every answer (" + scene.origins().size() + ")";
            item(body, stop.equals(Scene.MORE), words, Role.PLAIN);
        }
    }

    private void said(State state, String stop, Sheet body) {
        var unused = questionnaire.unused(state.draft());
        state.draft().typed().forEach((path, yaml) -> {
            var words = path + ": " + yaml + (unused.contains(path) ? " (not used any more)" : "");
            item(body, stop.equals(path), words, Role.PLAIN);
        });
    }

    /** Says what the world has refused, and what nobody has asked it yet. */
    private void proofs(State state, Scene scene, Sheet body) {
        var open = new ArrayList<String>();
        var refused = new LinkedHashMap<String, List<String>>();
        for (var page : scene.pages()) {
            var subject = questionnaire.subject(state.draft(), page.id(), scene.problems());
            if (subject.isEmpty()) {
                continue;
            }
            var checks = Optional.ofNullable(state.proofs().get(page.id()))
                    .filter(proof -> proof.subject().equals(subject.get()))
                    .flatMap(State.Proof::checks);
            checks.stream()
                    .flatMap(List::stream)
                    .filter(check -> check.outcome() == RunEvent.Outcome.FAILED)
                    .forEach(check -> refused.computeIfAbsent(check.detail(), detail -> new ArrayList<>())
                            .add(page.id()));
            if (checks.isEmpty()) {
                open.add(page.id());
            }
        }
        if (refused.isEmpty()) {
            body.text(Role.GOOD, " ", "The answers are complete.");
        } else {
            body.text(Role.WARNING, " ", "Every question is answered, but the proof of some answers failed:");
            refused.forEach((detail, places) ->
                    body.text(Role.BAD, " ", glyphs.bad() + " " + detail + " (" + places(places) + ")"));
        }
        if (!open.isEmpty()) {
            body.text(Role.PLAIN, " ", "Not proved against the world yet (Check does that): " + places(open));
        }
    }

    private static String places(List<String> places) {
        return places.size() <= MOST_PLACES ? String.join(", ", places) : places.size() + " places";
    }

    private void item(Sheet body, boolean isFocus, String words, Role role) {
        if (isFocus) {
            body.focus();
        }
        var lines = SafeText.wrapped(SafeText.of(words), body.columns() - 4);
        for (int index = 0; index < lines.size(); index++) {
            body.line(mark(isFocus && index == 0), new Run(lines.get(index), isFocus ? Role.TITLE : role));
        }
        if (isFocus) {
            body.unfocus();
        }
    }

    /** Explains the question that keys go to below the page, where there is room. */
    private static List<Line> explained(Scene scene, State state, Size size, int room) {
        var field = scene.field(scene.stop(state));
        if (field.isEmpty()) {
            return List.of();
        }
        var sheet = new Sheet(size.columns());
        sheet.blank();
        explain(field.get().question(), sheet);
        int rows = Math.min(HELP, sheet.size());
        return room >= rows || size.rows() >= 24 ? sheet.shown(rows) : List.of();
    }

    private static void explain(Question<?> question, Sheet sheet) {
        question.because().ifPresent(words -> sheet.text(Role.PLAIN, " ", "Asked because " + words));
        question.help().ifPresent(words -> sheet.text(Role.PLAIN, " ", words));
        Explanation.facts(question).stream()
                .filter(fact -> !question.because().filter(fact::equals).isPresent())
                .filter(fact -> !question.help().filter(fact::equals).isPresent())
                .forEach(fact -> sheet.text(Role.PLAIN, " ", fact));
    }

    private List<String> dialog(State state, Scene scene, State.Dialog dialog, Sheet body) {
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
                var shown = SafeText.tail(SafeText.of(name), body.columns() - NOTE - INDENT.length());
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
            explain(field.question(), body);
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
            options(part, body);
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
        var path = home.entry().path();
        body.text(Role.TITLE, " ", "Where is this secret to be kept? The answers file holds none.");
        body.blank();
        var homes = List.of(
                "the file " + SecretHomes.file(path) + " beside the answers, readable by you alone",
                "the environment variable " + SecretHomes.variable(path) + ", which you set yourself",
                "nowhere: every run asks for it");
        for (int index = 0; index < homes.size(); index++) {
            boolean isChosen = index == home.choice();
            body.text(
                    isChosen ? Role.FOCUS : Role.PLAIN,
                    "   ",
                    "%s %d %s".formatted(isChosen ? glyphs.chosen() : "( )", index + 1, homes.get(index)));
        }
    }
}
