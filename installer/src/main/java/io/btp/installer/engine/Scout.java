package io.btp.installer.engine;

import io.btp.installer.answers.Asked;
import io.btp.installer.answers.Written;
import io.btp.installer.api.Answers;
import io.btp.installer.api.Context;
import io.btp.installer.api.Need;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import io.btp.installer.api.Slots;
import io.btp.installer.host.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in the world for answers that can be offered. What cannot be read is not offered: nobody has asked for it, so nobody is
 * told but the log.
 */
public final class Scout {
    private static final Logger LOG = LoggerFactory.getLogger(Scout.class);

    private final Project project;
    private final Host host;
    private final BiConsumer<String, List<String>> found;

    /**
     * Looks from a host.
     *
     * @param project how the cluster is reached
     * @param found told the path of a question and the answers that were found, as YAML on one line, the best one first; at once
     *     for each question, as a cluster may be slow
     */
    public Scout(Project project, Host host, BiConsumer<String, List<String>> found) {
        this.project = project;
        this.host = host;
        this.found = found;
    }

    /** Looks for answers to the questions of all these; first to those of the cluster, which need not be reached for them. */
    public void look(List<Asked> all) throws InterruptedException {
        var others = new ArrayList<Asked>();
        for (var asked : all) {
            if (asked.provider().slot().equals(Slots.CLUSTER)) {
                look(asked, new Nothing());
            } else if (asked.provider().form().questions().stream().anyMatch(Question::isSuggested)) {
                others.add(asked);
            }
        }
        if (others.isEmpty()) {
            return;
        }
        var places = places();
        for (var asked : others) {
            if (places.isPresent()) {
                look(asked, places.get());
            }
        }
    }

    private Optional<Records> places() throws InterruptedException {
        try {
            return Optional.of(Places.of(project, host))
                    .filter(records -> records.find(Slots.CLUSTER).isPresent());
        } catch (ProviderException unreachable) {
            LOG.debug(
                    "nothing is found in the cluster: {}", unreachable.problem().summary(), unreachable);
            return Optional.empty();
        }
    }

    private void look(Asked asked, Records records) throws InterruptedException {
        var provider = asked.provider();
        var loan = new Host.Loan(
                provider, Set.of(), provider.description().chart(), Map.of(), ignored -> Optional.empty());
        var context = host.lend(loan);
        for (var question : provider.form().questions()) {
            try {
                var answers =
                        Faults.interruptiblyOf(provider, () -> written(question, asked.answers(), context, records));
                if (!answers.isEmpty()) {
                    found.accept(asked.path() + "." + question.key(), answers);
                }
            } catch (ProviderException unreadable) {
                LOG.debug(
                        "nothing is found for {}.{}: {}",
                        asked.path(),
                        question.key(),
                        unreadable.problem().summary(),
                        unreadable);
            }
        }
    }

    private static <T> List<String> written(Question<T> question, Answers answers, Context context, Records records)
            throws InterruptedException {
        return question.suggestions(answers, context, records).stream()
                .flatMap(answer -> Written.answer(question, answer).stream())
                .distinct()
                .toList();
    }

    /** Before any place is reached. */
    private static final class Nothing implements Records {
        @Override
        public <O extends Record> Optional<O> find(Need<O> need) {
            return Optional.empty();
        }

        @Override
        public boolean isFilled(Slot<?> slot) {
            return false;
        }
    }
}
