package io.btp.installer.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a saved run again. */
@Command(
        name = "replay",
        description = {
            "Shows a saved run again: a file of events, as every run leaves one and as --output json prints it.",
            "",
            "Example: btp replay ~/.local/state/btp/acme/runs/20260801-120000-abcd/events.ndjson"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int FASTEST = 10_000;
    private static final int USUAL_ON_SCREEN = 10;

    private final Sessions sessions;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final OutputOptions options = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "the events")
    private Path file = Path.of("events.ndjson");

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description = "how much faster than it happened; 0 at once (default: 0, on the whole screen 10)")
    @Nullable
    private Double speed;

    @Inject
    ReplayCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        if (speed != null && !(speed >= 0 && speed <= FASTEST)) {
            throw new ParameterException(spec.commandLine(), "--speed: expects a number from 0 to " + FASTEST);
        }
        return sessions.replay(options, file, speed());
    }

    private double speed() {
        if (speed != null) {
            return speed;
        }
        return options.ui == OutputOptions.Ui.full ? USUAL_ON_SCREEN : 0;
    }
}
