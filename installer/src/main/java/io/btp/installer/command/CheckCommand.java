package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves what can be proved before anything is touched. */
@Command(
        name = "check",
        description = {
            "Runs every check and trial of every component, in parallel. Trials make btp-check-… objects and remove them.",
            "",
            "Example: btp check -f btp.yaml --only postgres"
        })
final class CheckCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Option(names = "--only", paramLabel = "SLOT", description = "only this slot or group; can be repeated")
    private Set<String> only = Set.of();

    @Option(names = "--no-trials", description = "only what reads")
    private boolean noTrials;

    @Inject
    CheckCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        return sessions.run(
                new Wishes("check", options, false, Set.of(), !noTrials, only),
                session -> session.engine().check(session.project(), only));
    }
}
