package io.btp.installer.answers;

import io.btp.installer.answers.Node.Entry;
import io.btp.installer.answers.Node.Mapping;
import io.btp.installer.api.Form;
import io.btp.installer.api.Question;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the answers to several things of one form, each under a name. */
final class FormsReader<E> {
    private static final Question<String> NAME = Question.label("name", "name");

    private final Form<E> form;
    private final String path;
    private final Decoder decoder;
    private final Problems problems;
    private final Map<String, Object> configurations = new LinkedHashMap<>();
    private final Map<String, Object> plain = new LinkedHashMap<>();

    FormsReader(Form<E> form, String path, Decoder decoder, Problems problems) {
        this.form = form;
        this.path = path;
        this.decoder = decoder;
        this.problems = problems;
    }

    /** Reads them all, whatever is wrong with one; empty where something is, which is reported then. */
    Optional<Answer> read(Mapping mapping) {
        boolean valid = true;
        for (var entry : mapping.entries().entrySet()) {
            valid &= read(entry.getKey(), entry.getValue());
        }
        return valid
                ? Optional.of(new Answer(
                        Collections.unmodifiableMap(configurations),
                        Collections.unmodifiableMap(plain),
                        mapping.where()))
                : Optional.empty();
    }

    private boolean read(String name, Entry entry) {
        if (Texts.refusal(NAME, name).isPresent()) {
            problems.add(AnswerProblem.of(
                    entry.key(),
                    path,
                    "holds the name " + Shown.quoted(name) + ", expected " + Expectations.expected(NAME),
                    "Choose another name"));
            return false;
        }
        if (!(entry.value() instanceof Mapping inner)) {
            refuse(name, entry.value());
            return false;
        }
        var reader = new FormReader<>(form, path + "." + name, decoder, problems);
        var configuration = reader.read(inner, Set.of());
        configuration.ifPresent(read -> configurations.put(name, read));
        var canonical = new Canonical();
        reader.inForce().forEach((key, answer) -> canonical.put(key, answer.plain(), answer.where()));
        plain.put(name, canonical.tree());
        return configuration.isPresent();
    }

    /** What stands in place of a mapping that holds secrets is not quoted. */
    private void refuse(String name, Node found) {
        if (found instanceof Node.Refused) {
            return;
        }
        var keys = form.questions().stream().map(Question::key).collect(Collectors.joining(", "));
        problems.add(AnswerProblem.of(
                found.where(),
                path + "." + name,
                "is no mapping, expected one with " + keys,
                "Write keys and values below it"));
    }
}
