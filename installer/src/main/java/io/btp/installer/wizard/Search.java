package io.btp.installer.wizard;

import io.btp.installer.answers.AnswersTree;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Finds answers beside everything else, one search at a time: a new one ends the one before. */
public final class Search implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Finder finder;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("finding").factory());
    private Future<?> running = CompletableFuture.completedFuture(true);

    /** Searches by this finder. */
    public Search(Finder finder) {
        this.finder = finder;
    }

    /**
     * Begins anew.
     *
     * @param found told in another thread, as {@link Finder#find} says
     * @param ended told in another thread when nothing more will be found
     */
    public void begin(AnswersTree answers, BiConsumer<String, List<String>> found, Runnable ended) {
        running.cancel(true);
        running = thread.submit(() -> find(answers, found, ended));
    }

    private void find(AnswersTree answers, BiConsumer<String, List<String>> found, Runnable ended) {
        try {
            finder.find(answers, found);
        } catch (InterruptedException replaced) {
            Thread.currentThread().interrupt();
        } finally {
            ended.run();
        }
    }

    /** Whoever goes on does not wait for what nobody is offered any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
