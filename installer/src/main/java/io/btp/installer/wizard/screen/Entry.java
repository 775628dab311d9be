package io.btp.installer.wizard.screen;

import io.btp.installer.answers.Written;
import io.btp.installer.api.Question;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Page;

/**
 * What is being typed into a field.
 *
 * @param field that asks
 * @param text so far
 * @param caret before which code point the next one goes
 * @param shown whether a secret is shown
 */
record Entry(Page.Field field, String text, int caret, boolean shown) {
    /** Begins with what is answered by now; a secret that is a reference is no secret. */
    static Entry of(Page.Field field) {
        return of(field, field.answer().map(Written::typed).orElse(""));
    }

    static Entry of(Page.Field field, String text) {
        return new Entry(field, text, length(text), false);
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

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private int offset(int point) {
        return text.offsetByCodePoints(0, point);
    }

    Entry inserted(String more) {
        int at = offset(caret);
        return new Entry(field, text.substring(0, at) + more + text.substring(at), caret + length(more), shown);
    }

    Entry withoutBefore() {
        return caret == 0 ? this : moved(-1).withoutAfter();
    }

    Entry withoutAfter() {
        if (caret == length(text)) {
            return this;
        }
        return new Entry(field, text.substring(0, offset(caret)) + text.substring(offset(caret + 1)), caret, shown);
    }

    Entry moved(int by) {
        return new Entry(field, text, Math.clamp(caret + by, 0, length(text)), shown);
    }

    Entry revealed() {
        return new Entry(field, text, caret, !shown);
    }

    Entry hidden() {
        return new Entry(field, text, caret, false);
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
