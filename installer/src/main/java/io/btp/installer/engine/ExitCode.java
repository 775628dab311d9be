package io.btp.installer.engine;

/** The documented exit codes. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** Our own fault. */
    public static final int INTERNAL = 1;

    /** The command line cannot be understood. */
    public static final int USAGE = 2;

    /** Answers are invalid or incomplete. */
    public static final int ANSWERS = 3;

    /** Checks failed; nothing was changed. */
    public static final int CHECKS = 4;

    /** A step failed; run again to go on. */
    public static final int STEP = 5;

    /** Not converged or not healthy. */
    public static final int NOT_CONVERGED = 6;

    /** Locked by another run. */
    public static final int LOCKED = 7;

    /** A plugin that the answers need was refused. */
    public static final int PLUGIN = 8;

    /** Drift, or changes pending. */
    public static final int DRIFT = 9;

    /** Ended by SIGHUP: the terminal is gone. */
    public static final int HUNG_UP = 129;

    /** Interrupted. */
    public static final int INTERRUPTED = 130;

    /** Ended by SIGTERM. */
    public static final int TERMINATED = 143;

    private ExitCode() {}
}
