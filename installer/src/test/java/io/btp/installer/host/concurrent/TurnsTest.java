package io.btp.installer.host.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(1);
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    /** Starts somebody who takes a place, says so and gives it back; returns when he waits for it. */
    private Thread waiting(String name, Duration urgency) {
        var thread = Thread.ofPlatform()
                .daemon()
                .start(() -> ScopedValue.where(Turns.URGENCY, urgency).run(() -> {
                    try {
                        turns.take();
                        seen.add(name);
                        turns.giveBack();
                    } catch (InterruptedException stopped) {
                        seen.add(name + " stopped");
                    }
                }));
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void letsTheMostUrgentInFirstAndOfEqualsWhoCameFirst() throws InterruptedException {
        turns.take();
        waiting("short", Duration.ofSeconds(1));
        waiting("long", Duration.ofMinutes(3));
        waiting("as long", Duration.ofMinutes(3));

        turns.giveBack();

        assertThat(List.of(seen.take(), seen.take(), seen.take())).containsExactly("long", "as long", "short");
    }

    @Test
    void whoIsStoppedLeavesHisPlaceToOthers() throws InterruptedException {
        turns.take();
        var stopped = waiting("one", Duration.ofMinutes(3));
        waiting("other", Duration.ofSeconds(1));

        stopped.interrupt();
        assertThat(seen.take()).isEqualTo("one stopped");
        turns.giveBack();

        assertThat(seen.take()).isEqualTo("other");
        turns.take();
    }
}
