package io.btp.installer.command;

import io.btp.installer.api.Problem;
import java.util.List;

/** Tells that the command line cannot be understood, or contradicts the answers. */
final class Misused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    Misused(String message, List<Problem> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    List<Problem> problems() {
        return problems;
    }
}
