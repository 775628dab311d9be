package io.btp.installer.simulator.api;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A request that is refused, with the {@code Status} that says so. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final transient ObjectNode status;

    /** One reason among several; {@code reason} is for example {@code FieldValueInvalid}. */
    record Cause(String reason, String message, String field) {
        static Cause invalid(String field, String value, String message) {
            return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + message, field);
        }

        static Cause required(String field, String message) {
            return new Cause("FieldValueRequired", "Required value" + (message.isEmpty() ? "" : ": " + message), field);
        }

        static Cause forbidden(String field, String message) {
            return new Cause("FieldValueForbidden", "Forbidden: " + message, field);
        }
    }

    private Refusal(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        status = Nodes.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        status.putObject("details");
        status.put("code", code);
    }

    static Refusal of(int code, String reason, String message) {
        return new Refusal(code, reason, message);
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message);
    }

    static Refusal unknownPath() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource");
    }

    /** Refuses a path below which nothing is served; the answer is no {@code Status} then, but text. */
    static Refusal nothingServed() {
        return new Refusal(404, "", "404 page not found");
    }

    static Refusal notAllowed() {
        return new Refusal(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    static Refusal notFound(Kind kind, String name) {
        return new Refusal(404, "NotFound", "%s \"%s\" not found".formatted(kind.qualified(), name))
                .about(kind.group(), kind.plural(), name);
    }

    static Refusal exists(Kind kind, String name) {
        return new Refusal(409, "AlreadyExists", "%s \"%s\" already exists".formatted(kind.qualified(), name))
                .about(kind.group(), kind.plural(), name);
    }

    static Refusal conflict(Kind kind, String name, String why) {
        return new Refusal(
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(kind.qualified(), name, why))
                .about(kind.group(), kind.plural(), name);
    }

    /** Refuses a delete whose precondition does not hold; the API server names the kind in this one case. */
    static Refusal unlike(Kind kind, String name, String why) {
        return new Refusal(
                        409,
                        "Conflict",
                        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type(kind), name, why))
                .about(kind.group(), kind.kind(), name);
    }

    static Refusal versionMissing(Kind kind, String name) {
        var cause = Cause.invalid("metadata.resourceVersion", "0", "must be specified for an update");
        return new Refusal(
                        422,
                        "Invalid",
                        "%s \"%s\" is invalid: %s: %s"
                                .formatted(kind.qualified(), name, cause.field(), cause.message()))
                .about(kind.group(), kind.plural(), name)
                .with(List.of(cause));
    }

    static Refusal modified(Kind kind, String name) {
        return conflict(
                kind,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    static Refusal forbidden(Kind kind, String name, String why) {
        return new Refusal(403, "Forbidden", "%s \"%s\" is forbidden: %s".formatted(kind.qualified(), name, why))
                .about(kind.group(), kind.plural(), name);
    }

    static Refusal invalid(Kind kind, String name, List<Cause> causes) {
        var said = causes.stream()
                .map(cause -> cause.field() + ": " + cause.message())
                .toList();
        var all = said.size() == 1 ? said.getFirst() : "[" + String.join(", ", said) + "]";
        return new Refusal(422, "Invalid", "%s \"%s\" is invalid: %s".formatted(type(kind), name, all))
                .about(kind.group(), kind.kind(), name)
                .with(causes);
    }

    private static String type(Kind kind) {
        return kind.kind() + (kind.group().isEmpty() ? "" : "." + kind.group());
    }

    static Refusal expired(String message) {
        return new Refusal(410, "Expired", message);
    }

    Refusal with(List<Cause> causes) {
        var list = Nodes.child(status, "details").putArray("causes");
        causes.forEach(cause -> list.addObject()
                .put("reason", cause.reason())
                .put("message", cause.message())
                .put("field", cause.field()));
        return this;
    }

    /** Tells whether the answer is text instead of a {@code Status}. */
    boolean isText() {
        return code == 404 && Nodes.string(status, "reason").isEmpty();
    }

    int code() {
        return code;
    }

    ObjectNode status() {
        return status;
    }

    private Refusal about(String group, String kind, String name) {
        var details = Nodes.child(status, "details").put("name", name);
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
        return this;
    }
}
