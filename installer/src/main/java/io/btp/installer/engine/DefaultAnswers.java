package io.btp.installer.engine;

import io.btp.installer.api.Answers;
import io.btp.installer.api.Question;
import java.util.Optional;

/** The answers of those who say nothing: support components are opened with them. */
final class DefaultAnswers implements Answers {
    @Override
    public <T> Optional<T> find(Question<T> question) {
        return question.fallback();
    }
}
