package io.btp.installer.simulator.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModeTest {
    @Test
    void readsTheExitCodeOfAFailure() {
        assertThat(Mode.of("fail=3")).isEqualTo(new Mode.Fail(3));
        assertThat(Mode.of("fail")).isEqualTo(new Mode.Fail(1));
    }

    @Test
    void readsADuration() {
        assertThat(Mode.of("slow=1m30s")).isEqualTo(new Mode.Slow(Duration.ofSeconds(90)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "slow", "slow=soon", "fail=0", "fail=x", "Run"})
    void keepsWhatIsNoMode(String text) {
        assertThat(Mode.of(text)).isEqualTo(new Mode.Unknown(text));
    }
}
