package io.btp.installer.wizard;

import java.util.Optional;

/** Where a person and the wizard meet, line by line: no redrawing, so that screen readers and dumb terminals can follow. */
public interface Desk {
    /** Shows a line. */
    void say(String line);

    /** Asks for a line; empty where the input has ended. */
    Optional<String> line(String prompt);

    /** Asks for a line that is not shown while it is typed; empty where the input has ended. */
    Optional<char[]> hidden(String prompt);
}
