package io.btp.installer.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a saved run again. */
@Command(
        name = "replay",
        description = {
            "Shows a saved run again: a file of events, as every run leaves one and as --output json prints it.",
            "",
            "Example: btp replay ~/.local/state/btp/acme/runs/20260801-120000-abcd/events.ndjson"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final OutputOptions options = new OutputOptions();

    @Parameters(paramLabel = "FILE", description = "the events")
    private Path file = Path.of("events.ndjson");

    @Inject
    ReplayCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        return sessions.replay(options, file);
    }
}
