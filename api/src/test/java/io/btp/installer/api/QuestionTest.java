package io.btp.installer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {
    @Test
    void neverOffersASecret() {
        var secret = Question.secret("password", "password");

        assertThatThrownBy(() -> secret.suggestedBy((answers, context, records) -> List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
    }

    @Test
    void keepsWhoFindsAnswersWhateverIsSaidOfItLater() {
        var plain = Question.text("class", "class");

        assertThat(plain.isSuggested()).isFalse();
        assertThat(plain.suggestedBy((answers, context, records) -> List.of("a"))
                        .optional()
                        .help("Any")
                        .isSuggested())
                .isTrue();
    }
}
