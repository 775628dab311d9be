package io.btp.installer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StopTest {
    private final Stop stop = new Stop();

    @Test
    void aRequestThatCameWhenTheWorkWasDoneDisturbsNothingAfterIt() throws InterruptedException {
        var level = stop.abandonable(stop::request);

        assertThat(level).isEqualTo(Stop.Level.SOFT);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> stop.abandonable(() -> "more")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptByOthersIsLeftToThem() throws InterruptedException {
        stop.abandonable(() -> {
            Thread.currentThread().interrupt();
            return "done";
        });

        assertThat(Thread.interrupted()).isTrue();
    }
}
