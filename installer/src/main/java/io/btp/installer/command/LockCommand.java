package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says who works on an installation. */
@Command(name = "lock", description = "Says who works on an installation.", subcommands = LockCommand.Show.class)
final class LockCommand {
    /** Says who holds the lock, since when, alive or not. */
    @Command(
            name = "show",
            description = {"Says who runs, since when, alive or dead.", "", "Example: btp lock show -f btp.yaml"})
    static final class Show implements Callable<Integer> {
        private final Sessions sessions;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Inject
        Show(Sessions sessions) {
            this.sessions = sessions;
        }

        @Override
        public Integer call() {
            return sessions.run(
                    Wishes.toLook("lock show", options),
                    session -> session.engine().lock(session.project()));
        }
    }
}
