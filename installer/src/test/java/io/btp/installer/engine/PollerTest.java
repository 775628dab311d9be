package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollerTest {
    private static final Duration USUALLY = Duration.ofMinutes(3);

    @Test
    void takesAReasonThatOnlyComesBackForNoProgress() {
        var looks = new AtomicInteger();

        assertThatThrownBy(() ->
                        wait(() -> missing(Reason.NOT_READY, looks.incrementAndGet() % 2 == 0 ? "runs" : "ends")))
                .hasMessageContaining("No progress, after 9 min");
    }

    @Test
    void waitsOnWhileReasonsAreNew() throws InterruptedException {
        var looks = new AtomicInteger();

        wait(() -> looks.incrementAndGet() == 2000
                ? Optional.empty()
                : missing(Reason.NOT_READY, looks.get() + " of 2000"));
    }

    @Test
    void waitsNotLongForWhatOnlyAPersonCanMend() {
        assertThatThrownBy(() -> wait(() -> missing(Reason.INVALID, "no such image")))
                .hasMessageContaining("No progress, after 2")
                .hasMessageContaining(" s: no such image");
    }

    private static void wait(Progress.Poll poll) throws InterruptedException {
        new Poller(new Hurry(), Optional.empty(), message -> {}).until(USUALLY, poll);
    }

    private static Optional<Problem> missing(Reason reason, String root) {
        return Optional.of(
                Problem.of(Reason.NOT_READY, "release is not ready", "").causedBy(Problem.of(reason, root, "mend it")));
    }

    /** Time passes as fast as it is waited for. */
    private static final class Hurry implements Pace {
        private Duration now = Duration.ZERO;

        @Override
        public Duration now() {
            return now;
        }

        @Override
        public void pause(Duration time) {
            now = now.plus(time);
        }
    }
}
