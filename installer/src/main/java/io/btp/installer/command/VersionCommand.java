package io.btp.installer.command;

import com.google.inject.Inject;
import io.btp.installer.engine.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which program this is. */
@Command(name = "version", description = "Says which version this is.")
final class VersionCommand implements Callable<Integer> {
    private final Surroundings surroundings;

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
