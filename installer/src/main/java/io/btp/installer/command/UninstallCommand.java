package io.btp.installer.command;

import com.google.inject.Inject;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes an installation. */
@Command(
        name = "uninstall",
        description = {
            "Removes the installation in reverse order. Data are kept unless named. Works with the record lost, too.",
            "",
            "Example: btp uninstall -f btp.yaml --delete-data all"
        })
final class UninstallCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "confirm everything but the loss of data")
    private boolean yes;

    @Option(
            names = "--delete-data",
            paramLabel = "SLOT|all",
            description = "delete the data of this slot or group, too; can be repeated")
    private Set<String> deleteData = Set.of();

    @Inject
    UninstallCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        return sessions.run(
                new Wishes("uninstall", options, yes, deleteData, false, Set.of()),
                session -> session.engine().uninstall(session.project(), session.confirmation()));
    }
}
