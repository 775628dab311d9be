package io.btp.installer.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what an install would do. */
@Command(
        name = "plan",
        description = {
            "Shows all steps of all components, what they change, and what is known only later. Changes nothing.",
            "",
            "Example: btp plan -f btp.yaml --detailed-exitcode"
        })
final class PlanCommand implements Callable<Integer> {
    private final Sessions sessions;

    @Mixin
    private final CommonOptions options = new CommonOptions();

    @Option(names = "--out", paramLabel = "PLAN", description = "save the plan for btp install PLAN")
    private @Nullable Path out;

    @Option(names = "--detailed-exitcode", description = "exit 9 where there is something to do")
    private boolean detailedExitCode;

    @Option(names = "--diff", description = "show every field that changes")
    private boolean diff;

    @Option(names = "--rbac", description = "print the role that exactly this plan needs, for kubectl apply")
    private boolean rbac;

    @Option(
            names = "--delete-data",
            paramLabel = "SLOT|all",
            description = "plan with the data of this slot or group given up; can be repeated")
    private Set<String> deleteData = Set.of();

    @Inject
    PlanCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Integer call() {
        options.diff = diff;
        return sessions.run(
                new Wishes("plan", options, false, deleteData, false, Set.of()),
                session -> rbac
                        ? rights(session)
                        : session.engine()
                                .plan(session.project(), detailedExitCode, plan -> save(plan.digest(), session)));
    }

    private static int rights(Session session) throws InterruptedException {
        var project = session.project();
        var manifest = new RbacManifest(project.installation().name(), project.home());
        return session.engine().rights(project, manifest::text);
    }

    private void save(String digest, Session session) {
        var target = out;
        if (target != null) {
            SavedPlan.of(digest, session.answersFile(), session.project()).write(target);
        }
    }
}
