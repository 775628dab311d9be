package io.btp.installer.wizard.screen;

import io.btp.installer.event.RunEvent;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Role;
import io.btp.installer.screen.SafeText;
import io.btp.installer.screen.Sheet;
import io.btp.installer.wizard.Questionnaire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Shows everything that was answered, and what to do with it. */
final class ReviewView {
    private static final int MOST_PLACES = 3;

    private final Questionnaire questionnaire;
    private final Glyphs glyphs;
    private final String equal;

    /**
     * Shows what a questionnaire says of answers.
     *
     * @param equal the command that does the same without questions
     */
    ReviewView(Questionnaire questionnaire, Glyphs glyphs, String equal) {
        this.questionnaire = questionnaire;
        this.glyphs = glyphs;
        this.equal = equal;
    }

    /** Shows what can be done with the answers, or what has to be mended, and the answers. */
    void show(State state, Scene scene, String stop, Sheet body) {
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
            body.line(glyphs.mark(isFocus && index == 0), new Run(lines.get(index), isFocus ? Role.TITLE : role));
        }
        if (isFocus) {
            body.unfocus();
        }
    }
}
