package io.btp.installer.event;

import java.time.Duration;

/** Words for durations. */
public final class Durations {
    private Durations() {}

    /** Gives {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 1 h 5 min}. */
    public static String words(Duration duration) {
        if (duration.toSeconds() < 10) {
            return duration.toMillis() / 100 / 10.0 + " s";
        }
        if (duration.toMinutes() < 1) {
            return duration.toSeconds() + " s";
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min" + rest(duration.toSecondsPart(), " s");
        }
        return duration.toHours() + " h" + rest(duration.toMinutesPart(), " min");
    }

    private static String rest(int amount, String unit) {
        return amount == 0 ? "" : " " + amount + unit;
    }
}
