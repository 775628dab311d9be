package io.btp.installer.answers;

import io.btp.installer.api.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Tells everything that is wrong with the answers. */
public final class InvalidAnswers extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<AnswerProblem> problems;
    private final int more;

    InvalidAnswers(List<AnswerProblem> problems, int more) {
        super(problems.stream().map(it -> it.where() + ": " + it.sentence()).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.more = more;
    }

    /** Gives the problems, in the order of the file; at most {@value Problems#LIMIT}. */
    public List<AnswerProblem> problems() {
        return problems;
    }

    /** Counts the problems beyond those that are given. */
    public int more() {
        return more;
    }

    /** Gives all as one problem with a cause for each. */
    public Problem problem() {
        var count = problems.size() + more;
        var summary = count == 1 ? "The answers have a problem" : "The answers have " + count + " problems";
        return Problem.of(Problem.Reason.INVALID, summary, "Mend what is named, then run it again")
                .causedBy(problems.stream().map(AnswerProblem::problem).toArray(Problem[]::new));
    }
}
