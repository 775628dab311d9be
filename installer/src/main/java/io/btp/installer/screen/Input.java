package io.btp.installer.screen;

import io.btp.installer.api.Problem;

/** What reaches a screen, one after the other. */
public sealed interface Input {
    /** Keys that are no characters. */
    enum Key {
        ENTER,
        ESCAPE,
        TAB,
        BACK_TAB,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        HOME,
        END,
        PAGE_UP,
        PAGE_DOWN,
        BACKSPACE,
        DELETE,
        HELP,
        /** Empties a field. */
        CLEAR,
        /** Shows a secret that is being typed, or hides it again. */
        REVEAL,
        /** Wants to leave. */
        LEAVE
    }

    /** A key was pressed. */
    record Pressed(Key key) implements Input {}

    /** A character was typed. */
    record Typed(int codePoint) implements Input {}

    /** A text was pasted. */
    record Pasted(String text) implements Input {
        /** Shows nothing: it may be a secret. */
        @Override
        public String toString() {
            return "Pasted[" + text.length() + " characters]";
        }
    }

    /**
     * A secret has a home now.
     *
     * @param path of the question
     * @param reference to its home, as it stands in the answers
     */
    record Kept(String path, String reference) implements Input {}

    /** A secret found no home. */
    record NotKept(Problem problem) implements Input {}
}
