package io.btp.installer.command;

import io.btp.installer.engine.Pace;
import java.time.Duration;

/** Time that passes when a test says so. */
final class FakePace implements Pace {
    private Duration now = Duration.ZERO;

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }
}
