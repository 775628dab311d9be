package io.btp.installer.answers;

import io.btp.installer.api.Problem;
import java.util.Optional;

/**
 * One thing that is wrong with the answers.
 *
 * @param where file with line and column, option or variable
 * @param path dotted path in the answers; empty where it is about the file as a whole
 * @param message goes on from the path: what is, what was expected; never a confidential value
 * @param nearest known name that was probably meant
 * @param remedy what to do
 */
public record AnswerProblem(Provenance where, String path, String message, Optional<String> nearest, String remedy) {
    /** Stands in the message where a mode or provider is named that nobody provides. */
    static final String NO_SUCH = ", which is no ";

    static AnswerProblem of(Provenance where, String path, String message, String remedy) {
        return new AnswerProblem(where, path, message, Optional.empty(), remedy);
    }

    AnswerProblem nearest(Optional<String> name) {
        return new AnswerProblem(where, path, message, name, remedy);
    }

    /** Tells whether a mode or provider is asked for that no loaded plugin provides. */
    public boolean isUnknownChoice() {
        return message.contains(NO_SUCH);
    }

    /** Gives the sentence without the place. */
    public String sentence() {
        var subject = path.isEmpty() ? "" : path + " ";
        return subject
                + message
                + nearest.map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    /** Gives it as a problem; the summary begins with the place. */
    public Problem problem() {
        return Problem.of(Problem.Reason.INVALID, where + ": " + sentence(), remedy);
    }
}
