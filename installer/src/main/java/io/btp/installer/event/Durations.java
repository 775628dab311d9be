package io.btp.installer.event;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words for durations. */
public final class Durations {
    private static final Pattern PARTS = Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,5})s)?");

    private Durations() {}

    /**
     * Reads {@code 90s}, {@code 10m}, {@code 1h30m}.
     *
     * @throws IllegalArgumentException if it is no duration, or nothing
     */
    public static Duration parse(String text) {
        var parts = PARTS.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no duration such as 90s, 10m or 1h30m");
        }
        return Duration.ofHours(amount(parts.group(1)))
                .plusMinutes(amount(parts.group(2)))
                .plusSeconds(amount(parts.group(3)));
    }

    private static long amount(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

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
