package io.btp.installer.answers;

import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the defaults of a form: each has to be an answer that a person could give. */
public final class Fallbacks {
    private static final Provenance WHERE = new Provenance.ByDefault();
    private static final Path ANYWHERE = Path.of("/");

    private Fallbacks() {}

    /** Says what is wrong with the first default that nobody could give; empty where there is none. */
    public static Optional<String> fault(Form<?> form) {
        return form.questions().stream()
                .flatMap(question -> fault(question).stream())
                .findFirst();
    }

    private static Optional<String> fault(Question<?> question) {
        if (question.each().isPresent()) {
            return fault(question.each().get());
        }
        var problems = new Problems();
        var decoder = new Decoder(new References(Map.of(), Optional.empty()), new Paths(ANYWHERE, ANYWHERE), problems);
        question.fallback()
                .flatMap(answer -> node(question, answer))
                .ifPresent(node -> decoder.decode(question, node, question.key()));
        return problems.all().stream()
                .findFirst()
                .map(problem -> "the default of its question " + problem.path() + " " + problem.message());
    }

    /** Gives a default as it would stand in a file; empty where it cannot stand there. */
    private static Optional<Node> node(Question<?> question, Object answer) {
        return switch (question.kind()) {
            case SECRET, TREE, FORMS -> Optional.empty();
            case TEXTS ->
                answer instanceof List<?> texts
                        ? Optional.of(new Node.Items(
                                texts.stream().<Node>map(Fallbacks::scalar).toList(), WHERE))
                        : Optional.of(scalar(answer));
            case TEXT, LABEL, HOST, PORT, EMAIL, CIDR, QUANTITY, DURATION, URL, CHOICE, FLAG, INTEGER, PATH ->
                Optional.of(scalar(answer));
        };
    }

    private static Node scalar(Object answer) {
        return switch (answer) {
            case Duration duration -> text(Texts.written(duration).orElse(duration.toString()));
            case Integer number -> Node.Scalar.plain(number.toString(), WHERE);
            case Boolean flag -> Node.Scalar.plain(flag.toString(), WHERE);
            default -> text(answer.toString());
        };
    }

    private static Node text(String text) {
        return new Node.Scalar(text, Node.Type.TEXT, WHERE);
    }
}
