package io.btp.installer.simulator.api;

import java.util.List;
import java.util.stream.Stream;

/** Requests to ask in order; those that begin with "given" make what the others need. */
final class Questions {
    private Questions() {}

    /** A request; {@code type} is the media type of its body. */
    record Question(String title, String method, String path, String type, String body) {
        boolean isGiven() {
            return title.startsWith("given");
        }
    }

    /** Reads questions: a title, a method and path, and a body, with an empty line after each. */
    static List<Question> parse(String text, String namespace) {
        return Stream.of(text.replace("$NS", namespace).split("\n\n"))
                .map(Questions::parse)
                .toList();
    }

    private static Question parse(String block) {
        var lines = block.strip().split("\n", 3);
        var words = lines[1].split(" ");
        var type = switch (words[0]) {
            case "APPLY" -> Caller.APPLY;
            case "MERGE" -> Caller.MERGE;
            case "STRATEGIC" -> Caller.STRATEGIC;
            case "JSON" -> Caller.JSON_PATCH;
            case "STRANGE" -> "text/strange";
            default -> "application/json";
        };
        var isPatch = !List.of("GET", "POST", "PUT", "DELETE").contains(words[0]);
        return new Question(lines[0], isPatch ? "PATCH" : words[0], words[1], type, lines.length > 2 ? lines[2] : "");
    }
}
