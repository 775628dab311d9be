package io.btp.installer.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.answers.AnswersTree;
import io.btp.installer.answers.Overlays;
import io.btp.installer.answers.Samples;
import io.btp.installer.api.Question;
import io.btp.installer.wizard.screen.Typist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a person says to the wizard, the file that it writes says the same, and so do the same answers given by options, and on
 * the whole screen.
 * {@code -Dproof=long} walks a thousand times.
 */
class ParityTest {
    private static final int WALKS = "long".equals(System.getProperty("proof")) ? 1_000 : 100;
    private static final String NOTHING = "apiVersion: installer.btp/v1\n";

    @TempDir
    Path folder;

    private final Random random = new Random(20261128);

    @Test
    void walkScreenFileAndOptionsGiveEqualAnswers() throws IOException {
        for (int walk = 0; walk < WALKS; walk++) {
            var questionnaire = Walks.questionnaire(NOTHING);
            var guest = new Guest(questionnaire);
            var outcome = guest.walk();
            assertThat(outcome.wish()).as(guest.person.seen()).isEqualTo(LineWizard.Wish.SAVE);

            var bound = questionnaire.bound(outcome.draft()).canonical();
            var file = folder.resolve("walk-" + walk + ".yaml");
            new AnswersWriter(questionnaire, file).write(outcome.draft());
            assertThat(byFile(file)).as(Files.readString(file)).isEqualTo(bound);
            assertThat(byOptions(outcome.draft())).as(guest.person.seen()).isEqualTo(bound);
            assertThat(byScreen(outcome.draft())).as(guest.person.seen()).isEqualTo(bound);
        }
    }

    private static String byFile(Path file) throws IOException {
        return Walks.questionnaire(Files.readString(file)).bound(Draft.empty()).canonical();
    }

    private static String byOptions(Draft draft) {
        var overlays = Overlays.of(Map.of());
        for (var entry : draft.typed().entrySet()) {
            overlays = overlays.set(entry.getKey() + "=" + entry.getValue());
        }
        AnswersTree answers = Samples.tree(NOTHING).with(overlays);
        return Walks.bound(answers).canonical();
    }

    private static String byScreen(Draft draft) {
        var questionnaire = Walks.questionnaire(NOTHING);
        var outcome = Typist.types(questionnaire, draft);
        assertThat(outcome.wish()).isEqualTo(LineWizard.Wish.SAVE);
        return questionnaire.bound(outcome.draft()).canonical();
    }

    @Test
    void asksEveryQuestionOnExactlyOnePage() {
        var questionnaire = Walks.questionnaire(NOTHING);
        var asked = new HashSet<String>();
        var draft = Draft.empty();
        for (var part : parts(questionnaire, draft)) {
            for (var option : part.options()) {
                var chosen = Questionnaire.choose(draft, part, Optional.of(option));
                var paths = new ArrayList<String>();
                questionnaire.pages(chosen).forEach(page -> page.fields().forEach(field -> paths.add(field.path())));
                assertThat(paths).doesNotHaveDuplicates();
                asked.addAll(paths);
            }
        }
        assertThat(asked).containsAll(everyQuestion());
    }

    private static Set<String> everyQuestion() {
        var all = new HashSet<String>();
        for (var place : Walks.outline().places()) {
            place.ways()
                    .forEach(way -> way.questions().forEach(question -> all.add(place.path() + "." + question.key())));
        }
        // Its only provider is a plugin's own slot, which is asked once it is named.
        all.remove("cloud.region");
        return all;
    }

    private static List<Page.Part> parts(Questionnaire questionnaire, Draft draft) {
        return questionnaire.pages(draft).stream()
                .filter(page -> page.id().equals(Page.PARTS))
                .flatMap(page -> page.items().stream())
                .filter(Page.Part.class::isInstance)
                .map(Page.Part.class::cast)
                .toList();
    }

    /** Somebody with answers of chance, who now and then goes back, explains, or edits a page. */
    private final class Guest {
        private final Questionnaire questionnaire;
        private final Person person = new Person(this::typed);
        private final List<String> queue = new ArrayList<>();
        private final Map<String, Integer> visits = new LinkedHashMap<>();
        private Draft now = Draft.empty();
        private int prompts;
        private int edits = random.nextInt(3);
        private int changes = random.nextInt(5);

        Guest(Questionnaire questionnaire) {
            this.questionnaire = questionnaire;
        }

        LineWizard.Outcome walk() {
            var wizard = new LineWizard(
                    questionnaire,
                    (answers, found) -> {},
                    person,
                    new SecretHomes(folder),
                    draft -> now = draft,
                    Set.of(),
                    "btp install");
            return wizard.walk(Draft.empty());
        }

        private Optional<String> typed(String prompt) {
            if (++prompts > 5_000) {
                throw new AssertionError("no end: "
                        + person.seen().lines().skip(9_000).limit(200).toList());
            }
            if (!queue.isEmpty()) {
                return Optional.of(queue.removeFirst());
            }
            var stop = now.stop();
            if (visits.merge(stop, 1, Integer::sum) < 4 && random.nextInt(12) == 0) {
                return Optional.of(List.of("?", "list", "back").get(stop.equals("review") ? 1 : random.nextInt(3)));
            }
            return Optional.of(
                    switch (stop) {
                        case "review" -> reviewed();
                        case Page.PARTS -> chosen();
                        default -> answered(stop);
                    });
        }

        private String reviewed() {
            if (!questionnaire.problems(now).isEmpty()) {
                return "";
            }
            if (edits-- > 0) {
                var pages = questionnaire.pages(now);
                return "edit " + (random.nextInt(pages.size()) + 1);
            }
            return "save";
        }

        private String chosen() {
            var parts = parts(questionnaire, now);
            var open = parts.stream()
                    .filter(part -> part.chosen().isEmpty() && !part.dispensable())
                    .toList();
            if (open.isEmpty() && changes-- <= 0) {
                return "";
            }
            var part = open.isEmpty() ? parts.get(random.nextInt(parts.size())) : open.getFirst();
            int most = part.options().size() + (part.dispensable() ? 1 : 0);
            queue.add(String.valueOf(random.nextInt(most) + 1));
            return String.valueOf(parts.indexOf(part) + 1);
        }

        private String answered(String stop) {
            var field = questionnaire.pages(now).stream()
                    .flatMap(page -> page.fields().stream())
                    .filter(it -> it.path().equals(stop))
                    .findFirst()
                    .orElseThrow();
            if (field.isOpen() || random.nextInt(3) == 0) {
                return answer(field.question());
            }
            return field.question().isRequired() || random.nextBoolean() ? "" : "-";
        }

        private String answer(Question<?> question) {
            return switch (question.kind()) {
                case TEXT -> question.example().orElse("a: 'b' #" + random.nextInt(100));
                case LABEL -> "a" + random.nextInt(1_000);
                case HOST -> "h" + random.nextInt(1_000) + ".acme.example";
                case PORT -> String.valueOf(random.nextInt(2, 65_536));
                case INTEGER -> String.valueOf(random.nextLong(1, 10));
                case EMAIL -> "ops+" + random.nextInt(10) + "@acme.example";
                case CIDR -> "10." + random.nextInt(256) + ".0.0/16";
                case QUANTITY -> random.nextInt(1, 100) + "Gi";
                case DURATION -> random.nextInt(1, 100) + "m";
                case URL -> question.example().orElse("https://a.example:8443/b?c=" + random.nextInt(10));
                case CHOICE -> String.valueOf(random.nextInt(question.choices().size()) + 1);
                case FLAG -> String.valueOf(random.nextBoolean());
                case PATH -> "~/file " + random.nextInt(10);
                case SECRET -> question.generated().isPresent() ? "generate" : "${env:NAME_" + random.nextInt(10) + "}";
                case TEXTS -> ".a.example, b c";
                case TREE -> "{key: [1, \"two\"]}";
                case FORMS -> "{one: {title: t, password: \"${env:P}\"}}";
            };
        }
    }
}
