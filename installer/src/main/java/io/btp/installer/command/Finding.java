package io.btp.installer.command;

import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Asked;
import io.btp.installer.answers.InvalidAnswers;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Slots;
import io.btp.installer.engine.Scout;
import io.btp.installer.wizard.Finder;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds answers where the answers that are there lead to. Nobody waits for it and nobody has asked for it: where nothing can be
 * found, only the debug log says why.
 */
final class Finding implements Finder {
    private static final Logger LOG = LoggerFactory.getLogger(Finding.class);
    private static final String SANDBOX = "sandbox";

    private final Surroundings surroundings;
    private final Projects projects;

    Finding(Surroundings surroundings, Projects projects) {
        this.surroundings = surroundings;
        this.projects = projects;
    }

    @Override
    public void find(AnswersTree answers, BiConsumer<String, List<String>> found) throws InterruptedException {
        try {
            var asked = projects.asked(answers);
            if (asked.stream().anyMatch(Finding::isSandbox)) {
                return;
            }
            var project = projects.reaching(answers);
            try (var host = Hosts.open(project.installation(), surroundings, projects.environmentOfPrograms())) {
                new Scout(project, host, found).look(asked);
            }
        } catch (InvalidAnswers incomplete) {
            LOG.debug("nothing is found before the way to the cluster is answered", incomplete);
        } catch (ProviderException unreadable) {
            LOG.debug("nothing is found: {}", unreadable.problem().summary(), unreadable);
        } catch (RuntimeException bug) {
            LOG.error("internal error", bug);
        }
    }

    /** Nothing in a cluster that is made for trying out is there before it is installed. */
    private static boolean isSandbox(Asked asked) {
        return asked.provider().slot().equals(Slots.CLUSTER)
                && asked.provider().description().mode().equals(SANDBOX);
    }
}
