package io.btp.installer.wizard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is found while a person is asked line by line. Used by one thread; what another one finds comes through a queue. */
final class Offers implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final Questionnaire questionnaire;
    private final Search search;
    private final Map<String, List<String>> found = new HashMap<>();
    private BlockingQueue<Optional<Told>> coming = new LinkedBlockingQueue<>();
    private String subject = "";
    private boolean ended;

    private record Told(String path, List<String> answers) {}

    Offers(Questionnaire questionnaire, Finder finder) {
        this.questionnaire = questionnaire;
        this.search = new Search(finder);
    }

    /** Begins to look where a draft leads to; what was found elsewhere is forgotten. */
    void look(Draft draft) {
        var next = questionnaire.reach(draft);
        if (next.equals(subject)) {
            return;
        }
        subject = next;
        found.clear();
        ended = false;
        var queue = new LinkedBlockingQueue<Optional<Told>>();
        coming = queue;
        search.begin(
                questionnaire.answers(draft),
                (path, answers) -> queue.add(Optional.of(new Told(path, answers))),
                () -> queue.add(Optional.empty()));
    }

    /** Gives what is found for a question, as it would be typed; nobody waits long for it. */
    List<String> of(Page.Field field, Draft draft) {
        if (!field.question().isSuggested()) {
            return List.of();
        }
        try {
            await(field.path());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return questionnaire.offered(draft, field.path(), found.getOrDefault(field.path(), List.of()));
    }

    private void await(String path) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE;
        while (!ended && !found.containsKey(path)) {
            var next = coming.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            next.ifPresentOrElse(it -> found.put(it.path(), it.answers()), () -> ended = true);
        }
    }

    @Override
    public void close() {
        search.close();
    }
}
