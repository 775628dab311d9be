package io.btp.installer.simulator.nodes;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** What becomes of a pod. */
sealed interface Mode {
    record Run() implements Mode {}

    record Complete() implements Mode {}

    record Fail(int code) implements Mode {}

    record NeverReady() implements Mode {}

    record Slow(Duration duration) implements Mode {}

    record ImagePullBackOff() implements Mode {}

    record PullSecretMissing() implements Mode {}

    record CrashLoop() implements Mode {}

    record Pending() implements Mode {}

    /** A word that is no mode: the pod stays pending with an event that says so. */
    record Unknown(String text) implements Mode {}

    /** Reads a mode as annotations and rules have it. */
    static Mode of(String text) {
        var equals = text.indexOf('=');
        var argument = equals < 0 ? "" : text.substring(equals + 1);
        return switch (equals < 0 ? text : text.substring(0, equals)) {
            case "run" -> new Run();
            case "complete" -> new Complete();
            case "fail" -> fail(text, argument);
            case "never-ready" -> new NeverReady();
            case "slow" -> slow(text, argument);
            case "image-pull-backoff" -> new ImagePullBackOff();
            case "pull-secret-missing" -> new PullSecretMissing();
            case "crash-loop" -> new CrashLoop();
            case "pending" -> new Pending();
            default -> new Unknown(text);
        };
    }

    private static Mode fail(String text, String argument) {
        if (argument.isEmpty()) {
            return new Fail(1);
        }
        return argument.matches("[1-9][0-9]{0,2}") ? new Fail(Integer.parseInt(argument)) : new Unknown(text);
    }

    private static Mode slow(String text, String argument) {
        try {
            return new Slow(Duration.parse("PT" + argument.toUpperCase(Locale.ROOT)));
        } catch (DateTimeParseException e) {
            return new Unknown(text);
        }
    }
}
