package io.btp.installer.screen;

import io.btp.installer.api.Problem;
import io.btp.installer.event.RunEvent;
import java.util.List;

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
        /** Has everything proved that can be, also what has to write for it. */
        TEST,
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

    /**
     * A place was proved.
     *
     * @param place dotted path of its slot
     * @param subject what was proved, as it was then
     * @param checks how each ended
     */
    record Proved(String place, String subject, List<RunEvent.Checked> checks) implements Input {
        /** Copies the list. */
        public Proved {
            checks = List.copyOf(checks);
        }
    }

    /**
     * Answers to a question were found in the world.
     *
     * @param subject where they were looked for, as it was then
     * @param path of the question
     * @param answers as YAML on one line, the best one first
     */
    record Found(String subject, String path, List<String> answers) implements Input {
        /** Copies the list. */
        public Found {
            answers = List.copyOf(answers);
        }
    }

    /** A secret found no home. */
    record NotKept(Problem problem) implements Input {}
}
