package io.btp.installer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.btp.installer.answers.InvalidAnswers;
import io.btp.installer.api.Question;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The laws of what a provider says of itself and asks, which need no world.
 *
 * @param <C> the provider's configuration
 * @param <O> what it publishes
 */
abstract class FormLaws<C, O extends Record> extends Bench<C, O> {
    private static final int RANDOM_ANSWERS = 200;
    private static final int WALKS = "long".equals(System.getProperty("proof")) ? 200 : 20;
    private static final long SEED = 20_26;

    @Test
    final void describesItselfTheSameEveryTime() {
        var first = it().description();
        var second = it().description();

        assertThat(List.of(second.id(), second.title(), second.summary(), second.notice(), second.chart()))
                .isEqualTo(List.of(first.id(), first.title(), first.summary(), first.notice(), first.chart()));
        assertThat(it().slot()).isEqualTo(it().slot());
        assertThat(first.mode()).as("mode").matches("[a-z]([a-z0-9-]*[a-z0-9])?");
        assertThat(first.provider()).as("provider").matches("[a-z]([a-z0-9-]*[a-z0-9])?");
        assertThat(first.title()).as("title").isNotBlank().doesNotContain("\n");
        assertThat(first.summary()).as("summary").matches("\\S.*\\.");
        first.notice()
                .ifPresent(
                        notice -> assertThat(notice).as("notice").isNotBlank().doesNotContain("\n"));
    }

    @Test
    final void asksTheSameWellFormedQuestionsEveryTime() {
        var first = it().form().questions();

        assertThat(it().form().questions()).extracting(Question::key).isEqualTo(keys(first));
        for (var question : first) {
            assertThat(question.key()).as("key").matches("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*");
            assertThat(question.title()).as("title of %s", question.key()).isNotBlank();
            assertThat(question.key())
                    .as("key, which the installer itself asks")
                    .isNotIn("mode", "provider");
            question.pattern()
                    .ifPresent(pattern -> assertThat(question.example())
                            .as("example of %s", question.key())
                            .hasValueSatisfying(example -> assertThat(example).matches(pattern)));
        }
    }

    private static List<String> keys(List<Question<?>> questions) {
        return questions.stream().map(question -> question.key()).toList();
    }

    @Test
    final void takesValidAnswersOrSaysWhatIsWrongWithThem() {
        var random = new RandomAnswers(new Random(SEED));
        int taken = 0;
        for (int i = 0; i < RANDOM_ANSWERS; i++) {
            var answers = random.to(it().form());
            try {
                assertThat(codec().configuration(codec().bound(answers)))
                        .as("%s", answers)
                        .isNotNull();
                taken++;
            } catch (InvalidAnswers refused) {
                assertThat(refused.problems()).allSatisfy(problem -> {
                    assertThat(problem.sentence()).as("%s", answers).doesNotContain("Exception");
                    assertThat(problem.remedy())
                            .as("remedy of: %s", problem.sentence())
                            .isNotBlank();
                });
            }
        }
        assertThat(taken)
                .as("of %d random answers that are valid by themselves", RANDOM_ANSWERS)
                .isPositive();
    }

    @Test
    final void keepsAnswersFromTheFileToTheRecordAndBack() {
        var random = new RandomAnswers(new Random(SEED + 1));
        keeps(given);
        for (int i = 0; i < RANDOM_ANSWERS; i++) {
            try {
                keeps(random.to(it().form()));
            } catch (InvalidAnswers refused) {
                // Another law looks at what is said of answers that do not go together.
                continue;
            }
        }
    }

    private void keeps(Map<String, Object> answers) {
        var bound = codec().bound(answers);
        var again = codec().bound(bound.canonical());
        var configuration = codec().configuration(bound);
        assertThat(Plain.of(codec().configuration(again)))
                .as("configuration of %s, written as%n%s", answers, bound.canonical())
                .isEqualTo(Plain.of(configuration));
        assertThat(again.canonical()).isEqualTo(bound.canonical());
        isDiscreet(String.valueOf(configuration));
        isDiscreet(bound.canonical());
        bound.origins().forEach(origin -> isDiscreet(origin.shown()));
    }

    @Test
    final void isAskedAlikeByLinesByKeysAndByAFile() {
        var random = new RandomAnswers(new Random(SEED + 2));
        var interview = codec().interview();
        for (int i = 0; i < WALKS; i++) {
            var answers = random.to(it().form());
            String byFile;
            try {
                byFile = codec().bound(answers).canonical();
            } catch (InvalidAnswers refused) {
                // Another law looks at what is said of answers that do not go together.
                continue;
            }
            assertThat(interview.byScreen(answers)).as("%s by keys", answers).isEqualTo(byFile);
            assertThat(interview.byLine(answers)).as("%s by lines", answers).isEqualTo(byFile);
        }
    }

    static void isDiscreet(String text) {
        Canary.in(text).ifPresent(found -> fail("a secret stands in: %s", found));
    }

    @Test
    final void needsTheSameForTheSameAnswers() {
        var needs = it().needs(configuration());

        assertThat(it().needs(configuration())).isEqualTo(needs);
        assertThat(needs).as("needs").allSatisfy(need -> assertThat(need.slot()).isNotEqualTo(it().slot()));
    }
}
