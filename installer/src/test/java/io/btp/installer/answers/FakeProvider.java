package io.btp.installer.answers;

import io.btp.installer.api.Component;
import io.btp.installer.api.Context;
import io.btp.installer.api.Description;
import io.btp.installer.api.Form;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import io.btp.installer.api.Removal;
import io.btp.installer.api.Slot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A provider whose configuration is what was answered, by key. Answers never open it. */
record FakeProvider<O extends Record>(Slot<O> slot, Description description, Form<Map<String, Object>> form)
        implements Provider<Map<String, Object>, O> {
    static <O extends Record> FakeProvider<O> of(Slot<O> slot, String mode, String provider, Question<?>... questions) {
        var description = Description.of(mode, provider, provider, "Fills " + slot);
        return new FakeProvider<>(slot, costing(description), asking(questions));
    }

    /** A cluster takes in what the modes of a cluster add; what is there already adds nothing; others do not say. */
    private static Description costing(Description description) {
        return switch (description.mode()) {
            case "kubernetes" ->
                description
                        .adds("1 pod with a volume, and the operator if missing")
                        .usually(Duration.ofMinutes(7));
            case "byo" -> description.adds("nothing");
            default -> description;
        };
    }

    static Form<Map<String, Object>> asking(Question<?>... questions) {
        return Form.of(
                answers -> {
                    var configuration = new LinkedHashMap<String, Object>();
                    for (var question : questions) {
                        answers.find(question).ifPresent(value -> configuration.put(question.key(), value));
                    }
                    return configuration;
                },
                questions);
    }

    @Override
    public Component<O> open(Map<String, Object> configuration, Context context) {
        throw new AssertionError("answers do not open a provider");
    }

    @Override
    public Plan removal(Removal<Map<String, Object>> removal, Context context) {
        throw new AssertionError("answers do not remove anything");
    }
}
