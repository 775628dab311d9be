package io.btp.installer.command;

import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.InvalidAnswers;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.Engine;
import io.btp.installer.engine.Pace;
import io.btp.installer.engine.Settings;
import io.btp.installer.engine.Stop;
import io.btp.installer.event.RunEvent;
import io.btp.installer.wizard.Prover;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves one place of the answers with the checks that {@code btp check} runs, whatever else is still to be answered. */
final class Proving implements Prover {
    private static final Logger LOG = LoggerFactory.getLogger(Proving.class);

    private final Surroundings surroundings;
    private final Pace pace;
    private final Projects projects;
    private final CommonOptions options;

    Proving(Surroundings surroundings, Pace pace, Projects projects, CommonOptions options) {
        this.surroundings = surroundings;
        this.pace = pace;
        this.projects = projects;
        this.options = options;
    }

    @Override
    public List<RunEvent.Checked> prove(AnswersTree answers, String place, boolean trials) throws InterruptedException {
        var seen = new ArrayList<RunEvent.Checked>();
        try {
            var project = projects.alone(answers, place);
            try (var host = Hosts.open(project.installation(), surroundings, projects.environmentOfPrograms())) {
                var settings = new Settings(
                        "wizard",
                        "check",
                        surroundings.version(),
                        surroundings.state().resolve(project.installation().name()),
                        options.parallelism,
                        Map.of(),
                        Map.of(),
                        trials,
                        Set.of());
                var engine = new Engine(
                        host,
                        event -> keep(event, place, seen),
                        new Stop(),
                        pace,
                        surroundings.clock(),
                        settings,
                        records -> List.of());
                engine.check(project, Set.of(place));
            }
        } catch (ProviderException unknown) {
            return with(seen, place, unknown.problem());
        } catch (InvalidAnswers invalid) {
            return with(seen, place, invalid.problems().getFirst().problem());
        } catch (RuntimeException bug) {
            LOG.error("internal error", bug);
            return with(
                    seen,
                    place,
                    Problem.of(Problem.Reason.FAILED, "Internal error: " + bug, "Report it; the answers are kept"));
        }
        return seen;
    }

    private static synchronized void keep(RunEvent event, String place, List<RunEvent.Checked> seen) {
        if (event instanceof RunEvent.Checked checked && checked.component().equals(place)) {
            seen.add(checked);
        }
    }

    private static List<RunEvent.Checked> with(List<RunEvent.Checked> seen, String place, Problem problem) {
        var all = new ArrayList<>(seen);
        all.add(new RunEvent.Checked(
                place,
                "wizard.proof",
                "It can be proved",
                RunEvent.Outcome.FAILED,
                problem.summary(),
                Optional.of(problem)));
        return all;
    }
}
