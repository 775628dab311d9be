package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the runs of an installation. */
@Command(
        name = "history",
        description = {
            "Shows the runs that changed an installation, with --all those that only looked, too; or the events of one run.",
            "",
            "Example: btp history -f btp.yaml",
            "Example: btp history -f btp.yaml 20260801-120000-abcd"
        })
final class HistoryCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "a run, or how its id begins: shows its events")
    private @Nullable String run;

    @Option(names = "--all", description = "all runs, also those that only looked")
    private boolean all;

    @Inject
    HistoryCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        var wanted = run;
        if (wanted != null) {
            return sessions.onRuns(options, (runs, replaying) -> replaying.run(History.events(runs, wanted)));
        }
        return sessions.run(
                Wishes.toLook("history", options), session -> History.tell(session, session.listener(), all));
    }
}
