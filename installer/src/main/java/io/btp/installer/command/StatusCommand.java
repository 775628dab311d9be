package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells health and drift. */
@Command(
        name = "status",
        description = {
            "Tells health and drift of what is installed. Exit 0 healthy, 6 not healthy, 9 drift. Changes nothing.",
            "",
            "Example: btp status --installation acme"
        })
final class StatusCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Inject
    StatusCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        return sessions.run(
                Wishes.toLook("status", options), session -> session.engine().status(session.project()));
    }
}
