package io.btp.installer.plugin.byo;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Form;
import io.btp.installer.api.Need;
import io.btp.installer.api.Question;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers by key, with the defaults of the questions. */
record Given(Map<String, Object> byKey) implements Answers {
    /** Nothing is published. */
    static final Records NOTHING = new Records() {
        @Override
        public <O extends Record> Optional<O> find(Need<O> need) {
            return Optional.empty();
        }

        @Override
        public boolean isFilled(Slot<?> slot) {
            return false;
        }
    };

    Given with(String key, Object answer) {
        var more = new LinkedHashMap<>(byKey);
        more.put(key, answer);
        return new Given(more);
    }

    /** Gives what the rules of a form find wrong. */
    List<String> violations(Form<?> form) {
        return form.rules().stream()
                .flatMap(rule -> rule.violation().apply(this).stream())
                .toList();
    }

    @Override
    @SuppressWarnings("unchecked") // a test gives what the question asks for
    public <T> Optional<T> find(Question<T> question) {
        var answer = Optional.ofNullable(byKey.get(question.key()));
        return answer.isPresent() ? answer.map(value -> (T) value) : question.fallback();
    }
}
