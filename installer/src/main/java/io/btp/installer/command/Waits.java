package io.btp.installer.command;

import io.btp.installer.api.Step;
import io.btp.installer.event.Durations;
import io.btp.installer.event.RunEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Steps that run, and what is told of them: why a wait is not over yet, whenever that changes, and a sign of life where
 * nothing was told for half a minute. No equal line comes twice within a minute.
 */
final class Waits {
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);
    private static final Duration EQUAL_LINES = Duration.ofMinutes(1);

    private final boolean details;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<String, Duration> told = new HashMap<>();

    /**
     * Tells of waits.
     *
     * @param details whether to tell what changes say, too
     */
    Waits(boolean details) {
        this.details = details;
    }

    private static final class Running {
        private final String name;
        private final Duration since;
        private final Optional<Duration> usually;
        private String message = "";
        private Duration told;

        Running(String name, Duration since, Optional<Duration> usually) {
            this.name = name;
            this.since = since;
            this.usually = usually;
            this.told = since;
        }
    }

    /** A step begins. Gives what to tell: only those who want everything hear of it before it takes long. */
    Optional<String> began(RunEvent.StepStarted step, String name, Duration now) {
        var begun = new Running(name, now, step.usually());
        running.put(key(step.component(), step.kind(), step.target()), begun);
        return details ? Optional.of(name + usually(begun)) : Optional.empty();
    }

    /** A step says something. Gives what to tell. */
    Optional<String> progressed(RunEvent.StepProgressed step, Duration now) {
        var it = running.get(key(step.component(), step.kind(), step.target()));
        if (it == null) {
            return Optional.empty();
        }
        it.message = step.message();
        if (step.kind() != Step.Kind.AWAIT && !details) {
            return Optional.empty();
        }
        var line = it.name + (it.told.equals(it.since) ? usually(it) : "") + ": " + step.message();
        if (!isNew(it.name + step.message(), now)) {
            return Optional.empty();
        }
        it.told = now;
        return Optional.of(line);
    }

    private boolean isNew(String line, Duration now) {
        told.values().removeIf(when -> now.minus(when).compareTo(EQUAL_LINES) >= 0);
        return told.putIfAbsent(line, now) == null;
    }

    /** Gives the signs of life that are due. */
    List<String> due(Duration now) {
        var lines = new ArrayList<String>();
        for (var it : running.values()) {
            if (now.minus(it.told).compareTo(SIGN_OF_LIFE) >= 0) {
                it.told = now;
                lines.add(it.name + ", for " + Durations.words(now.minus(it.since)) + usually(it)
                        + (it.message.isEmpty() ? "" : ": " + it.message));
            }
        }
        return lines;
    }

    /** A step ended. Tells whether anything was told of it. */
    boolean ended(String component, Step.Kind kind, String target) {
        var it = running.remove(key(component, kind, target));
        return it != null && !it.told.equals(it.since);
    }

    /** The run is over: nothing is waited for any more. */
    void end() {
        running.clear();
    }

    private static String usually(Running it) {
        return it.usually
                .map(duration -> " (usually " + Durations.words(duration) + ")")
                .orElse("");
    }

    private static String key(String component, Step.Kind kind, String target) {
        return component + "\n" + kind + "\n" + target;
    }
}
