package io.btp.installer.command;

import io.btp.installer.event.RunEvent;
import java.time.InstantSource;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the events of one run as lines of JSON: version 1 of the schema. The last line, the result, repeats what was
 * planned, checked and found, so that a reader of documents needs no other line.
 */
final class EventJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Version of the schema. Additions do not change it. */
    static final int VERSION = 1;

    private final InstantSource clock;
    private final ArrayNode planned = JSON.createArrayNode();
    private final ArrayNode checked = JSON.createArrayNode();
    private final ArrayNode running = JSON.createArrayNode();
    private final ArrayNode runs = JSON.createArrayNode();

    EventJson(InstantSource clock) {
        this.clock = clock;
    }

    /** Gives one line without its end. */
    String line(RunEvent event) {
        ObjectNode content = JSON.valueToTree(event);
        var line = JSON.createObjectNode();
        line.put("v", VERSION);
        line.put("type", type(event));
        line.put("at", clock.instant().toString());
        line.setAll(content);
        switch (event) {
            case RunEvent.Planned ignored -> planned.add(content);
            case RunEvent.Checked ignored -> checked.add(content);
            case RunEvent.Finished ignored -> {
                line.set("plan", planned);
                line.set("checks", checked);
                line.set("running", running);
                line.set("runs", runs);
            }
            case RunEvent.Running ignored -> running.add(content);
            case RunEvent.Ran ignored -> runs.add(content);
            case RunEvent.Started ignored -> {}
            case RunEvent.StepStarted ignored -> {}
            case RunEvent.StepProgressed ignored -> {}
            case RunEvent.StepFinished ignored -> {}
            case RunEvent.StepFailed ignored -> {}
            case RunEvent.ComponentConverged ignored -> {}
            case RunEvent.ComponentFailed ignored -> {}
            case RunEvent.ComponentSkipped ignored -> {}
            case RunEvent.Document ignored -> {}
            case RunEvent.Said ignored -> {}
        }
        return JSON.writeValueAsString(line);
    }

    private static String type(RunEvent event) {
        return type(event.getClass());
    }

    /** Gives the type: the event's name in lower case with hyphens; the last event is the result. */
    static String type(Class<?> event) {
        if (event == RunEvent.Finished.class) {
            return "result";
        }
        return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
