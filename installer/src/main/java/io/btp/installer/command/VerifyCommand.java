package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Proves from end to end that the platform works. */
@Command(
        name = "verify",
        description = {
            "Runs the end-to-end checks on the running platform. Exit 0 where none failed, 6 otherwise. Changes nothing.",
            "",
            "Example: btp verify -f btp.yaml"
        })
final class VerifyCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Inject
    VerifyCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        return sessions.run(
                Wishes.toLook("verify", options), session -> session.engine().verify(session.project()));
    }
}
