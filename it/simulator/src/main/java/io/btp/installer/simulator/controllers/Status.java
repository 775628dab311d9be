package io.btp.installer.simulator.controllers;

import io.btp.installer.simulator.client.Json;
import io.btp.installer.simulator.client.Meta;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes conditions whose times change only with what they say. */
final class Status {
    private Status() {}

    static ObjectNode condition(
            JsonNode object, String type, boolean isTrue, String reason, String message, String now) {
        var status = isTrue ? "True" : "False";
        var before = Meta.condition(object, type);
        var isSame = before.filter(known -> Json.text(known, "status").equals(status)
                        && Json.text(known, "reason").equals(reason)
                        && Json.text(known, "message").equals(message))
                .isPresent();
        if (isSame && before.isPresent()) {
            return (ObjectNode) before.get().deepCopy();
        }
        var since = before.filter(known -> Json.text(known, "status").equals(status))
                .map(known -> Json.text(known, "lastTransitionTime"))
                .orElse(now);
        return Json.object(
                "type",
                type,
                "status",
                status,
                "reason",
                reason,
                "message",
                message,
                "lastUpdateTime",
                now,
                "lastTransitionTime",
                since);
    }
}
