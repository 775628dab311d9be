package io.btp.installer.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings an installation to its answers; after a crash it goes on. */
@Command(
        name = "install",
        description = {
            "Checks, plans, asks once, installs and waits until the platform is ready. Run again: goes on, or has nothing to do.",
            "",
            "Example: btp install -f btp.yaml --yes"
        })
final class InstallCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "PLAN",
            description = "a plan saved by btp plan --out: installs exactly that, or refuses")
    private @Nullable Path plan;

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
    InstallCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        var saved = Optional.ofNullable(plan).map(SavedPlan::read);
        saved.flatMap(SavedPlan::answers).ifPresent(file -> {
            if (options.answers == null) {
                options.answers = file;
            }
        });
        var wishes = new Wishes("install", options, yes, deleteData, true, Set.of());
        return sessions.run(wishes, session -> {
            saved.ifPresent(plan -> plan.requireSamePlugins(session.project()));
            return session.engine().install(session.project(), session.confirmation(), saved.map(SavedPlan::digest));
        });
    }
}
