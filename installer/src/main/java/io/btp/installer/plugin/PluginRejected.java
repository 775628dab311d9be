package io.btp.installer.plugin;

import io.btp.installer.api.Problem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells why a plugin is not used. */
public final class PluginRejected extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    PluginRejected(Path where, String what, String remedy) {
        this("Plugin " + where + " " + what, remedy);
    }

    PluginRejected(Path where, String what, String remedy, @Nullable Throwable cause) {
        this("Plugin " + where + " " + what, remedy, cause);
    }

    PluginRejected(String summary, String remedy) {
        this(summary, remedy, null);
    }

    PluginRejected(String summary, String remedy, @Nullable Throwable cause) {
        this(Problem.of(Problem.Reason.UNSUPPORTED, summary, remedy), cause);
    }

    private PluginRejected(Problem problem, @Nullable Throwable cause) {
        super(problem.summary(), cause);
        this.problem = problem;
    }

    /** Tells that something is asked for which only a plugin that was refused can provide. */
    public static PluginRejected needed(String what, List<Problem> refused) {
        var problem = Problem.of(Problem.Reason.UNSUPPORTED, what, "");
        return new PluginRejected(problem.causedBy(refused.toArray(Problem[]::new)), null);
    }

    /** Tells that a plugin is another than it was when it was used before. */
    public static PluginRejected changed(LoadedPlugin plugin, String since, String before, String remedy) {
        var now = plugin.digest().orElse("");
        return new PluginRejected(
                plugin.directory(), "has changed since " + since + ": it was " + before + ", it is " + now, remedy);
    }

    /** Gives the problem. */
    public Problem problem() {
        return problem;
    }
}
