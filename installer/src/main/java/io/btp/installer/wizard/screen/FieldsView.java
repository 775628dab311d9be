package io.btp.installer.wizard.screen;

import io.btp.installer.answers.AnswerProblem;
import io.btp.installer.answers.Explanation;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Question;
import io.btp.installer.event.RunEvent;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Role;
import io.btp.installer.screen.SafeText;
import io.btp.installer.screen.Sheet;
import io.btp.installer.wizard.Found;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Questionnaire;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows the questions of a place, and what the world says to their answers. */
final class FieldsView {
    private static final int NOTE = 12;
    private static final int MOST_FOUND = 5;
    private static final String INDENT = "     ";

    private final Questionnaire questionnaire;
    private final Glyphs glyphs;

    FieldsView(Questionnaire questionnaire, Glyphs glyphs) {
        this.questionnaire = questionnaire;
        this.glyphs = glyphs;
    }

    /** Shows a page of questions. Gives the keys that work now. */
    List<String> show(State state, Scene scene, String stop, Sheet body) {
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

    private void field(State state, Scene scene, Page.Field field, boolean isFocus, Sheet body) {
        if (isFocus) {
            body.focus();
        }
        body.line(glyphs.mark(isFocus), new Run(field.question().title(), isFocus ? Role.TITLE : Role.PLAIN));
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
                glyphs.mark(isFocus),
                new Run(
                        state.whole() ? "[x] Show optional settings" : "[ ] Show optional settings (" + hidden + ")",
                        isFocus ? Role.TITLE : Role.PLAIN));
        if (isFocus) {
            body.unfocus();
        }
    }

    /** Explains a question. */
    static void explain(Question<?> question, Sheet sheet) {
        question.because().ifPresent(words -> sheet.text(Role.PLAIN, " ", "Why: " + words));
        question.help().ifPresent(words -> sheet.text(Role.PLAIN, " ", words));
        Explanation.facts(question).stream()
                .filter(fact -> !question.because().filter(fact::equals).isPresent())
                .filter(fact -> !question.help().filter(fact::equals).isPresent())
                .forEach(fact -> sheet.text(Role.PLAIN, " ", fact));
    }
}
