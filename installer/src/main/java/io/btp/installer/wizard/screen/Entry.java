package io.btp.installer.wizard.screen;

import io.btp.installer.answers.Written;
import io.btp.installer.api.Question;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Page;
import java.util.List;
import java.util.Optional;

/**
 * What is being typed into a field.
 *
 * @param field that asks
 * @param text so far
 * @param caret before which code point the next one goes
 * @param shown whether a secret is shown
 * @param begun what was typed before an answer that was found was taken; empty where none was
 */
record Entry(Page.Field field, String text, int caret, boolean shown, Optional<String> begun) {
    /** Begins with what is answered by now; a secret that is a reference is no secret. */
    static Entry of(Page.Field field) {
        return of(field, field.answer().map(Written::typed).orElse(""));
    }

    static Entry of(Page.Field field, String text) {
        return new Entry(field, text, length(text), false, Optional.empty());
    }

    String path() {
        return field.path();
    }

    /** Tells whether the text is a secret itself, neither a reference to one nor the wish to have one generated. */
    boolean isSecret() {
        return field.question().kind() == Question.Kind.SECRET
                && !text.isBlank()
                && !text.startsWith("${")
                && !(field.question().generated().isPresent() && text.strip().equals("generate"));
    }

    /** Says in a draft what is typed; a secret is said once it has a home. */
    Draft in(Draft draft) {
        if (isSecret()) {
            return draft;
        }
        return text.isBlank() ? draft.without(path()) : draft.with(path(), Written.of(field.question(), text));
    }

    /**
     * Gives the answer that is taken next: the first one that begins with what was typed, then in a circle the others that do. Empty
     * where there is no other one, or the caret is not at the end.
     *
     * @param found answers that can be offered
     */
    Optional<String> next(List<String> found) {
        if (caret < length(text)) {
            return Optional.empty();
        }
        var fitting = found.stream().filter(it -> it.startsWith(stem(found))).toList();
        return fitting.isEmpty()
                ? Optional.empty()
                : Optional.of(fitting.get((fitting.indexOf(text) + 1) % fitting.size()))
                        .filter(it -> !it.equals(text));
    }

    /** Whoever comes back to an answer that was found goes on from it through all of them. */
    private String stem(List<String> found) {
        return begun.orElse(found.contains(text) ? "" : text);
    }

    /** Takes the next one of what was found, or moves on where there is none. */
    Entry taken(List<String> found) {
        return next(found)
                .map(it -> new Entry(field, it, length(it), shown, Optional.of(stem(found))))
                .orElseGet(() -> moved(1));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private int offset(int point) {
        return text.offsetByCodePoints(0, point);
    }

    Entry inserted(String more) {
        int at = offset(caret);
        return new Entry(
                field,
                text.substring(0, at) + more + text.substring(at),
                caret + length(more),
                shown,
                Optional.empty());
    }

    Entry withoutBefore() {
        return caret == 0 ? this : moved(-1).withoutAfter();
    }

    Entry withoutAfter() {
        if (caret == length(text)) {
            return this;
        }
        return new Entry(
                field,
                text.substring(0, offset(caret)) + text.substring(offset(caret + 1)),
                caret,
                shown,
                Optional.empty());
    }

    Entry moved(int by) {
        return new Entry(field, text, Math.clamp(caret + by, 0, length(text)), shown, begun);
    }

    Entry revealed() {
        return new Entry(field, text, caret, !shown, begun);
    }

    Entry hidden() {
        return new Entry(field, text, caret, false, begun);
    }

    /** Gives what is left of the caret. */
    String before() {
        return text.substring(0, offset(caret));
    }

    /** Gives what is right of the caret. */
    String after() {
        return text.substring(offset(caret));
    }

    /** Shows nothing of the text: it may be a secret. */
    @Override
    public String toString() {
        return "Entry[" + path() + "]";
    }
}
