package io.btp.installer.answers;

import io.btp.installer.api.Question;
import java.util.stream.Collectors;

/** Says for people what a question expects. */
final class Expectations {
    private Expectations() {}

    static String expected(Question<?> question) {
        return switch (question.kind()) {
            case TEXT -> "a text of one line";
            case LABEL -> "a DNS label (a-z, 0-9 and hyphens, at most 63)";
            case HOST -> "a host name or IP address";
            case PORT, INTEGER -> "a whole number" + (bounds(question).isEmpty() ? "" : ": " + bounds(question));
            case EMAIL -> "an e-mail address";
            case CIDR -> "a network such as 10.42.0.0/16";
            case QUANTITY -> "a quantity such as 20Gi";
            case DURATION -> "a duration such as 90s, 10m or 1h30m";
            case URL -> "an absolute URL";
            case CHOICE -> "one of " + String.join(", ", question.choices());
            case FLAG -> "true or false";
            case PATH -> "the path of a file";
            case TEXTS -> "a list of texts, for example [a, b]";
            case TREE -> "a mapping";
            case FORMS -> "a mapping from names to answers";
            case SECRET ->
                "${env:NAME}, ${file:PATH}, ${exec:COMMAND} or ${prompt}"
                        + (question.generated().isPresent() ? ", or generate" : "");
        };
    }

    /** Says the bounds; empty where there are none. */
    static String bounds(Question<?> question) {
        boolean below = question.least() > Integer.MIN_VALUE;
        boolean above = question.most() < Integer.MAX_VALUE;
        if (below && above) {
            return question.least() + " to " + question.most();
        }
        return below ? "at least " + question.least() : above ? "at most " + question.most() : "";
    }

    static String remedy(Question<?> question, String path) {
        return "Write for example " + path.substring(path.lastIndexOf('.') + 1) + ": " + example(question);
    }

    static String example(Question<?> question) {
        return question.example().orElseGet(() -> switch (question.kind()) {
            case TEXT -> "some text";
            case LABEL -> "acme";
            case HOST -> "host.acme.example";
            case PORT, INTEGER -> String.valueOf(Math.max(question.least(), Math.min(question.most(), 5432)));
            case EMAIL -> "ops@acme.example";
            case CIDR -> "10.42.0.0/16";
            case QUANTITY -> "20Gi";
            case DURATION -> "10m";
            case URL -> "https://acme.example";
            case CHOICE ->
                question.choices().isEmpty() ? "" : question.choices().getFirst();
            case FLAG -> "true";
            case PATH -> "~/file";
            case TEXTS -> "[a, b]";
            case TREE -> "{key: value}";
            case FORMS -> "{name: {" + inner(question) + "}}";
            case SECRET -> question.generated().isPresent() ? "generate" : "\"${env:NAME}\"";
        });
    }

    private static String inner(Question<?> question) {
        return question.each().stream()
                .flatMap(form -> form.questions().stream())
                .filter(Question::isRequired)
                .map(asked -> asked.key() + ": " + example(asked))
                .collect(Collectors.joining(", "));
    }
}
