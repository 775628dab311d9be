package io.btp.installer.command;

import com.google.inject.Inject;
import io.btp.installer.engine.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which program this is. */
@Command(
        name = "version",
        description = {"Says which version this is.", "", "Example: btp version"})
final class VersionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Inject
    VersionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.output().println("btp " + surroundings.version());
        return ExitCode.DONE;
    }
}
