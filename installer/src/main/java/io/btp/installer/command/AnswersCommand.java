package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything about the answers file, offline. */
@Command(
        name = "answers",
        description = {"Everything about the answers file, offline.", "", "Example: btp answers validate -f btp.yaml"},
        subcommands = AnswersCommand.Validate.class)
final class AnswersCommand {
    @Mixin
    private final HelpOption help = new HelpOption();

    /** Says everything that is wrong with the answers. */
    @Command(
            name = "validate",
            description = {
                "Says everything that is wrong with the answers, with line and column. Contacts nothing, reads no secret.",
                "",
                "Example: btp answers validate -f btp.yaml"
            })
    static final class Validate implements Callable<Integer> {
        private final Sessions sessions;

        @Mixin
        private final CommonOptions options = new CommonOptions();

        @Inject
        Validate(Sessions sessions) {
            this.sessions = sessions;
        }

        @Override
        public Integer call() {
            return sessions.validate(Wishes.toLook("answers validate", options));
        }
    }
}
