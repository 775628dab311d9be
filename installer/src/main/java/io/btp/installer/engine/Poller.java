package io.btp.installer.engine;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Progress;
import io.btp.installer.api.ProviderException;
import io.btp.installer.event.Durations;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one poller. Its deadline extends while the wait shows reasons that it has not shown before: one that only comes
 * back, as with a container that starts and ends over and over, is no progress. What nobody but a person can mend ends
 * the wait soon.
 */
final class Poller implements Progress {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** What is waited for is seen at the latest when a twentieth more than its time has passed. */
    private static final int SHARE = 20;
    /** What passes sooner is not worth telling anybody. */
    private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(2);
    /** What others are just making, or a controller has not looked at again, gets time to come. */
    private static final Duration PATIENCE_WITH_PEOPLE = Duration.ofSeconds(20);

    private final Pace pace;
    private final Optional<Duration> deadline;
    private final Consumer<String> listener;

    Poller(Pace pace, Optional<Duration> deadline, Consumer<String> listener) {
        this.pace = pace;
        this.deadline = deadline;
        this.listener = listener;
    }

    @Override
    public void say(String message) {
        listener.accept(message);
    }

    @Override
    public void at(int done, int total) {
        listener.accept(done + " of " + total);
    }

    @Override
    public void until(Duration usually, Poll poll) throws InterruptedException {
        var patience = deadline.orElseGet(() -> longest(usually.multipliedBy(3), LEAST_PATIENCE));
        var since = pace.now();
        var progressed = since;
        var changed = since;
        var seen = new HashSet<String>();
        var last = "";
        var isSaid = false;
        while (true) {
            var missing = look(poll);
            if (missing.isEmpty()) {
                return;
            }
            var root = missing.get().root();
            if (!last.equals(root.summary())) {
                last = root.summary();
                changed = pace.now();
                isSaid = false;
            }
            if (seen.add(root.summary())) {
                progressed = pace.now();
            }
            if (!isSaid && pace.now().minus(changed).compareTo(WORTH_SAYING) >= 0) {
                listener.accept(root.summary());
                isSaid = true;
            }
            if (pace.now().minus(progressed).compareTo(patience(root.reason(), patience)) > 0) {
                throw new ProviderException(tooLong(missing.get(), pace.now().minus(since)));
            }
            var share = pace.now().minus(since).dividedBy(SHARE);
            pace.pause(shortest(longest(share, SHORTEST_PAUSE), LONGEST_PAUSE));
        }
    }

    private static Duration patience(Problem.Reason reason, Duration usual) {
        return switch (reason) {
            case INVALID, UNAUTHENTICATED, FORBIDDEN, UNSUPPORTED, FAILED -> shortest(usual, PATIENCE_WITH_PEOPLE);
            case NOT_FOUND, UNREACHABLE, CONFLICT, QUOTA, NOT_READY, TRANSIENT -> usual;
        };
    }

    private static Optional<Problem> look(Poll poll) throws InterruptedException {
        try {
            return poll.missing();
        } catch (ProviderException failed) {
            return switch (failed.problem().reason()) {
                case TRANSIENT, UNREACHABLE -> Optional.of(failed.problem());
                case INVALID, NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, CONFLICT, QUOTA, UNSUPPORTED, NOT_READY, FAILED ->
                    throw failed;
            };
        }
    }

    private static Problem tooLong(Problem last, Duration waited) {
        return Problem.of(
                        Problem.Reason.NOT_READY,
                        "No progress, after " + Durations.words(waited) + ": "
                                + last.root().summary(),
                        last.root().remedy())
                .causedBy(last);
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
