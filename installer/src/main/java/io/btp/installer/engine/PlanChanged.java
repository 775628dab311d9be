package io.btp.installer.engine;

import io.btp.installer.api.Problem;

/** Tells that a step came up that nobody confirmed. */
final class PlanChanged extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    PlanChanged(Problem problem) {
        super(problem.summary());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
