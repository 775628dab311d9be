package io.btp.installer.api;

/** Tells of what the user or the world did. The only exception that a provider throws on purpose. */
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Tells of a problem. */
    public ProviderException(Problem problem) {
        super(problem.summary());
        this.problem = problem;
    }

    /** Tells of a problem that an exception showed. The cause is logged at debug level, never shown. */
    public ProviderException(Problem problem, Throwable cause) {
        super(problem.summary(), cause);
        this.problem = problem;
    }

    /** Gives the problem. */
    public Problem problem() {
        return problem;
    }
}
