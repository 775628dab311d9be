package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words that several kinds share. */
final class Causes {
    private static final int EVENTS = 4;

    private Causes() {}

    static Problem absent(ObjectRef ref) {
        return Problem.of(
                Reason.NOT_FOUND,
                ref + " is not there",
                "See whether somebody removed it, then run the same command again: it is made anew");
    }

    static Problem waiting(String summary, String remedy) {
        return Problem.of(Reason.NOT_READY, summary, remedy);
    }

    static Problem with(Problem problem, Optional<Problem> cause) {
        return cause.map(problem::causedBy).orElse(problem);
    }

    /** Gives the texts of the latest warnings about an object, oldest first, without repetitions. */
    static List<String> warnings(Reader reader, ObjectRef ref) throws InterruptedException {
        return texts(reader.events(ref).stream()
                .filter(event -> Fields.text(event, "type").orElse("").equals("Warning"))
                .toList());
    }

    /** Gives the texts of the latest events about an object, whatever their type; as {@link #warnings} otherwise. */
    static List<String> latest(Reader reader, ObjectRef ref) throws InterruptedException {
        return texts(reader.events(ref));
    }

    private static List<String> texts(List<Map<String, Object>> events) {
        var texts = events.stream().map(Causes::text).distinct().toList();
        return texts.subList(Math.max(0, texts.size() - EVENTS), texts.size());
    }

    private static String text(Map<String, Object> event) {
        return "Event %s: %s"
                .formatted(
                        Fields.text(event, "reason").orElse(""),
                        Fields.text(event, "message").orElse("").strip());
    }

    /** Gives a condition of an object's status. */
    static Optional<Map<String, Object>> condition(Map<String, Object> object, String type) {
        return Fields.maps(object, "status", "conditions").stream()
                .filter(condition -> Fields.text(condition, "type").orElse("").equals(type))
                .findFirst();
    }

    static boolean isTrue(Map<String, Object> condition) {
        return Fields.text(condition, "status").orElse("").equals("True");
    }

    static String words(Map<String, Object> condition) {
        var reason = Fields.text(condition, "reason").orElse("");
        var message = Fields.text(condition, "message").orElse("");
        return message.isBlank() ? reason : reason.isBlank() ? message : reason + ": " + message;
    }

    /** Tells whether the status speaks of the latest specification. */
    static boolean isObserved(Map<String, Object> object) {
        return Fields.number(object, "status", "observedGeneration").orElse(0L)
                >= Fields.number(object, "metadata", "generation").orElse(0L);
    }
}
