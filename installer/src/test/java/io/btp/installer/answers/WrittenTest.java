package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Question;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenTest {
    private static final Question<String> TEXT = Question.text("name", "name");

    @ParameterizedTest
    @ValueSource(
            strings = {"prod", "arn:aws:eks:eu-west-1:1:cluster/a", "yes", "1.5", "a: b #c", "${env:X}", "\u001b[2J"})
    void writesAnAnswerSoThatItWouldBeTypedAgain(String text) {
        assertThat(Written.answer(TEXT, text).map(Written::typed)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " prod", "prod\n"})
    void writesNothingThatNobodyCanType(String text) {
        assertThat(Written.answer(TEXT, text)).isEmpty();
    }

    @Test
    void writesAnswersOfOtherKinds() {
        assertThat(Written.answer(Question.port("port", "port"), 5432)).contains("5432");
        assertThat(Written.answer(Question.duration("wait", "wait"), Duration.ofMinutes(90)))
                .contains("1h30m");
        assertThat(Written.answer(Question.texts("hosts", "hosts"), List.of("a", "b")))
                .contains("[a, b]");
    }
}
