package io.btp.installer.command;

import io.btp.installer.event.RunEvent;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes events as lines of JSON: version 1 of the schema. */
final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private EventJson() {}

    /** Gives one line without its end. */
    static String line(RunEvent event, Instant at) {
        var line = JSON.createObjectNode();
        line.put("v", 1);
        line.put("type", type(event));
        line.put("at", at.toString());
        line.setAll((ObjectNode) JSON.valueToTree(event));
        return JSON.writeValueAsString(line);
    }

    /** Gives the type: the event's name in lower case with hyphens; the last event is the result. */
    private static String type(RunEvent event) {
        if (event instanceof RunEvent.Finished) {
            return "result";
        }
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
