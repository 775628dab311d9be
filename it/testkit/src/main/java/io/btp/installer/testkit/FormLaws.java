package io.btp.installer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.btp.installer.answers.InvalidAnswers;
import io.btp.installer.api.Description;
import io.btp.installer.api.Need;
import io.btp.installer.api.Plan;
import io.btp.installer.api.Plugin;
import io.btp.installer.api.Question;
import io.btp.installer.api.Slots;
import io.btp.installer.api.SupportProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * The laws of what a provider says of itself and asks, which need no world. A provider for which no world can be simulated
 * extends this one alone; every other extends {@link ProviderContract}, which holds these, too.
 *
 * @param <C> the provider's configuration
 * @param <O> what it publishes
 */
public abstract class FormLaws<C, O extends Record> extends Bench<C, O> {
    private static final int RANDOM_ANSWERS = 200;
    private static final int WALKS = "long".equals(System.getProperty("proof")) ? 200 : 20;
    private static final long SEED = 20_26;

    @Test
    final void describesItselfTheSameEveryTime() {
        var first = it().description();
        var second = it().description();

        assertThat(facts(second)).isEqualTo(facts(first));
        assertThat(it().slot()).isEqualTo(it().slot());
        assertThat(first.mode()).as("mode").matches("[a-z]([a-z0-9-]*[a-z0-9])?");
        assertThat(first.provider()).as("provider").matches("[a-z]([a-z0-9-]*[a-z0-9])?");
        assertThat(first.title()).as("title").isNotBlank().doesNotContain("\n");
        assertThat(first.summary()).as("summary").matches("\\S.*\\.");
        first.notice()
                .ifPresent(
                        notice -> assertThat(notice).as("notice").isNotBlank().doesNotContain("\n"));
        first.adds()
                .ifPresent(parts -> assertThat(parts)
                        .as("what it adds: a noun phrase, without a full stop")
                        .matches("\\S.*[^.]"));
    }

    private static List<Object> facts(Description description) {
        return List.of(
                description.id(),
                description.title(),
                description.summary(),
                description.notice(),
                description.chart(),
                description.adds(),
                description.usually());
    }

    @Test
    final void saysHowLongItsStepsUsuallyTake() throws InterruptedException {
        var operators = operators();
        var sum = Duration.ZERO;
        for (var step : firstPlan().steps()) {
            for (var need : step.after()) {
                var ready = operators.getOrDefault(need.use(), Duration.ZERO);
                sum = sum.compareTo(ready) < 0 ? ready : sum;
            }
            sum = sum.plus(step.usually().orElse(Duration.ZERO));
        }
        long minutes = sum.plusMinutes(1).minusNanos(1).toMinutes();

        assertThat(it().description().usually())
                .as(
                        minutes == 0
                                ? "no step says how long it takes, so the description must not"
                                : "the steps of a first install take %s in all: describe it with .usually(Duration.ofMinutes(%d))",
                        sum,
                        minutes)
                .isEqualTo(minutes == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(minutes)));
    }

    /** Gives the plan for a place where nothing is. */
    private Plan firstPlan() throws InterruptedException {
        var known = new HashMap<Need<?>, Record>();
        for (var need : it().needs(configuration())) {
            if (need.kind() != Need.Kind.PLACE && knownBeforehand().contains(need.slot())) {
                known.put(need, record(need));
            }
        }
        try (var component = it().open(configuration(), lent())) {
            return component.absent(new Given(known)).install();
        }
    }

    /** Says of each API that an operator of the same plugin serves, how long that one takes to get there. */
    private Map<String, Duration> operators() {
        var times = new HashMap<String, Duration>();
        if (it().needs(configuration()).stream().noneMatch(need -> need.slot().equals(Slots.KUBERNETES_API))) {
            return times;
        }
        for (var plugin : ServiceLoader.load(Plugin.class)) {
            for (var provider : plugin.providers()) {
                if (provider instanceof SupportProvider<?> operator) {
                    var usually = operator.description().usually().orElse(Duration.ZERO);
                    operator.groupVersions().forEach(api -> times.put(api, usually));
                }
            }
        }
        return times;
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
