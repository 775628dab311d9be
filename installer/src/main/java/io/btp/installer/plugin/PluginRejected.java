package io.btp.installer.plugin;

import io.btp.installer.api.Problem;
import java.nio.file.Path;

/** Tells why a plugin is not used. */
public final class PluginRejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    PluginRejected(Path where, String what, String remedy) {
        super(where + ": " + what);
        this.problem = Problem.of(Problem.Reason.UNSUPPORTED, "Plugin " + where + " " + what, remedy);
    }

    PluginRejected(Path where, String what, String remedy, Throwable cause) {
        this(where, what, remedy);
        initCause(cause);
    }

    /** Gives the problem. */
    public Problem problem() {
        return problem;
    }
}
