package io.btp.installer.command;

import io.btp.installer.event.RunEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads lines that {@link EventJson} wrote; what this version of the schema does not know is left out. */
final class EventReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final Map<String, Class<?>> TYPES = Arrays.stream(RunEvent.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(EventJson::type, Function.identity()));

    private EventReader() {}

    /**
     * An event as it was written.
     *
     * @param at when
     * @param event what
     */
    record Read(Instant at, RunEvent event) {}

    /** Tells that a line is no event that can be read. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        String words() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads a line; empty where it is of a type that came later. */
    static Optional<Read> read(String line) throws Unreadable {
        var tree = tree(line);
        var version = tree.path("v");
        if (!tree.isObject() || !version.isInt() || version.asInt() < 1) {
            throw new Unreadable("it is no event: an event is a JSON object with a version \"v\"", null);
        }
        if (version.asInt() > EventJson.VERSION) {
            throw new Unreadable(
                    "it has version " + version.asInt() + " of the schema, this program reads up to "
                            + EventJson.VERSION,
                    null);
        }
        var type = TYPES.get(tree.path("type").asString(""));
        return type == null ? Optional.empty() : Optional.of(new Read(time(tree), event(tree, type)));
    }

    private static JsonNode tree(String line) throws Unreadable {
        try {
            return JSON.readTree(line);
        } catch (JacksonException damaged) {
            throw new Unreadable("it is no JSON: " + damaged.getOriginalMessage(), damaged);
        }
    }

    private static Instant time(JsonNode tree) throws Unreadable {
        try {
            return Instant.parse(tree.path("at").asString(""));
        } catch (DateTimeException invalid) {
            throw new Unreadable("its time \"at\" cannot be read", invalid);
        }
    }

    private static RunEvent event(JsonNode tree, Class<?> type) throws Unreadable {
        try {
            return (RunEvent) JSON.treeToValue(tree, type);
        } catch (JacksonException damaged) {
            throw new Unreadable("its content cannot be read: " + damaged.getOriginalMessage(), damaged);
        }
    }
}
