package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves what is installed to newer versions. */
@Command(
        name = "upgrade",
        description = {
            "Moves pinned versions to those that the answers or this program know. What fails goes back where it can.",
            "",
            "Example: btp upgrade dataPlane.redis -f btp.yaml"
        })
final class UpgradeCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "SLOT",
            description = "slots, groups or components to move, for example dataPlane.redis (default: all)")
    private Set<String> slots = Set.of();

    @Option(
            names = {"-y", "--yes"},
            description = "confirm everything but the loss of data")
    private boolean yes;

    @Option(
            names = "--delete-data",
            paramLabel = "SLOT|all",
            description = "confirm that data of this slot or group may be lost; can be repeated")
    private Set<String> deleteData = Set.of();

    @Inject
    UpgradeCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        var wishes = new Wishes("upgrade", options, yes, deleteData, true, slots);
        return sessions.run(
                wishes, session -> session.engine().upgrade(session.project(), slots, session.confirmation()));
    }
}
