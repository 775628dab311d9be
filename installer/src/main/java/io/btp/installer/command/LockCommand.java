package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says who works on an installation. */
@Command(
        name = "lock",
        description = {
            "Says who works on an installation, and takes the lock from who will not give it back.",
            "",
            "Example: btp lock show -f btp.yaml"
        },
        subcommands = {LockCommand.Show.class, LockCommand.Break.class})
final class LockCommand {
    @Mixin
    private final HelpOption help = new HelpOption();

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
                    session -> session.engine().locks().show(session.project()));
        }
    }

    /** Takes the lock from who holds it. */
    @Command(
            name = "break",
            description = {
                "Takes the lock from a run that is orphaned; with --force from one that lives, which then stops at its next"
                        + " change. Seldom needed: of a dead run the next one takes over by itself.",
                "",
                "Example: btp lock break -f btp.yaml"
            })
    static final class Break implements Callable<Integer> {
        private final Sessions sessions;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Option(
                names = {"-y", "--yes"},
                description = "do not ask")
        private boolean yes;

        @Option(names = "--force", description = "even from a run that is alive")
        private boolean force;

        @Inject
        Break(Sessions sessions) {
            this.sessions = sessions;
        }

        @Override
        public Integer call() {
            return sessions.run(
                    new Wishes("lock break", options, yes, Set.of(), false, Set.of()),
                    session -> session.engine().locks().take(session.project(), force, session.confirmation()::agrees));
        }
    }
}
