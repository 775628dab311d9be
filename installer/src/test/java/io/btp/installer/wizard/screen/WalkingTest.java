package io.btp.installer.wizard.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard.Wish;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Walks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalkingTest {
    private static final String NOTHING = "apiVersion: installer.btp/v1\n";
    private static final String BEGUN = NOTHING + """
            installation: {name: acme, domain: btp.acme.example}
            cluster: {mode: sandbox}
            """;
    private static final String STORE = BEGUN + "objectStore: {mode: byo}\n";
    private static final String NAME = "installation.name";

    private static Guest guest(String file, String... only) {
        return new Guest(Walks.questionnaire(file), Draft.empty(), only);
    }

    @Test
    void asksWhatIsNeededAndNothingElse() {
        var guest = guest(NOTHING);
        assertThat(guest.stops()).containsExactly(NAME, "installation.domain");

        guest.types("acme").presses(Key.ENTER).types("btp.acme.example").presses(Key.ENTER);
        assertThat(guest.page().id()).isEqualTo(Page.PARTS);

        guest.types(" ").presses(Key.ENTER);
        assertThat(guest.page().id()).as(guest.screen()).isEqualTo(Scene.REVIEW);
        assertThat(guest.state().draft().typed())
                .containsOnlyKeys(NAME, "installation.domain", "cluster.mode", "cluster.provider");
        assertThat(guest.screen()).contains("The answers are complete.");
    }

    @Test
    void staysWithAnInvalidAnswerAndSaysWhatIsExpected() {
        var guest = guest(NOTHING).types("Acme_1");
        assertThat(guest.screen()).doesNotContain("expected a text that matches");

        guest.presses(Key.ENTER);
        assertThat(guest.focus()).isEqualTo(NAME);
        assertThat(guest.screen())
                .contains("is \"Acme_1\", expected a text that matches", "Write for example name: acme");

        guest.presses(Key.CLEAR).types("acme");
        assertThat(guest.screen()).doesNotContain("expected a text that matches");
    }

    @Test
    void staysWhereAnAnswerIsNeeded() {
        var guest = guest(NOTHING).presses(Key.ENTER);

        assertThat(guest.focus()).isEqualTo(NAME);
        assertThat(guest.state().message()).isNotEmpty();
    }

    @Test
    void goesToTheFirstErrorOfThePage() {
        var guest = guest(NOTHING)
                .types("Acme_1")
                .presses(Key.DOWN)
                .types("btp.acme.example")
                .presses(Key.ENTER);

        assertThat(guest.focus()).isEqualTo(NAME);
    }

    @Test
    void editsInTheMiddle() {
        var guest = guest(NOTHING)
                .types("bäcmex")
                .presses(Key.HOME, Key.DELETE, Key.DELETE)
                .types("a")
                .presses(Key.END, Key.BACKSPACE, Key.LEFT, Key.RIGHT, Key.TAB);

        assertThat(guest.said(NAME)).contains("acme");
    }

    @Test
    void editsWhatATerminalWouldTakeForASequence() {
        var guest = guest(NOTHING).pastes("\u001b[" + "1".repeat(200) + "m");
        for (int press = 0; press < 210; press++) {
            guest.presses(Key.LEFT);
        }

        assertThat(guest.types("x").presses(Key.TAB).said(NAME).orElseThrow()).startsWith("\"x");
    }

    @Test
    void goesBackAndKeepsWhatWasSaid() {
        var guest = guest(NOTHING).types("acme").presses(Key.PAGE_DOWN, Key.ESCAPE);

        assertThat(guest.page().id()).isEqualTo("installation");
        assertThat(guest.screen()).contains("[ acme ");
    }

    @Test
    void neverQuitsOnEscape() {
        var guest = guest(BEGUN).opens(Scene.REVIEW);
        for (int press = 0; press < 20; press++) {
            guest.presses(Key.ESCAPE);
        }

        assertThat(guest.wish()).isEmpty();
        assertThat(guest.page().id()).isEqualTo("installation");
    }

    @ParameterizedTest
    @EnumSource(names = {"LEAVE", "ENTER"})
    void quitsWhenToldSoTwice(Key second) {
        var guest = guest(NOTHING).types("acme").presses(Key.LEAVE);
        assertThat(guest.wish()).isEmpty();
        assertThat(guest.screen()).contains("What you said is kept");

        assertThat(guest.presses(second).wish()).contains(Wish.QUIT);
    }

    @Test
    void staysWhenLeavingIsTakenBack() {
        var guest = guest(NOTHING).presses(Key.LEAVE, Key.ESCAPE);

        assertThat(guest.wish()).isEmpty();
        assertThat(guest.screen()).doesNotContain("Leave?");
    }

    @Test
    void explainsEveryStopAndComesBackToIt() {
        var guest = guest(STORE);
        var explained = new ArrayList<String>();
        for (var page = ""; !page.equals(Scene.REVIEW); guest.presses(Key.PAGE_DOWN)) {
            page = guest.page().id();
            if (guest.stops().contains(Scene.MORE)) {
                guest.reaches(Scene.MORE).types(" ");
            }
            for (var item : guest.page().items()) {
                guest.reaches(item.path()).presses(Key.HELP);
                assertThat(guest.screen()).as(item.path()).contains("Key in the answers file: " + item.path());
                assertThat(guest.presses(Key.ESCAPE).focus()).isEqualTo(item.path());
                explained.add(item.path());
            }
        }
        assertThat(explained).contains(NAME, "identity", "objectStore.secretKey", "platform.version");
    }

    @Test
    void takesAQuestionMarkForHelpOnlyWhereNoTextIsTyped() {
        assertThat(guest(NOTHING).types("?").screen()).contains("[ ? ");
        assertThat(guest(BEGUN).opens(Page.PARTS).types("?").screen())
                .contains("Key in the answers file: cluster.mode");
    }

    @Test
    void choosesWithBlankAndArrows() {
        var guest =
                guest(STORE).opens("objectStore").reaches("objectStore.class").types(" ");
        assertThat(guest.said("objectStore.class")).contains("small");

        assertThat(guest.presses(Key.RIGHT).said("objectStore.class")).contains("large");
        assertThat(guest.presses(Key.LEFT).said("objectStore.class")).contains("small");
        assertThat(guest.presses(Key.BACKSPACE).said("objectStore.class")).isEmpty();
        assertThat(guest.reaches("objectStore.public").types(" ").said("objectStore.public"))
                .contains("true");
    }

    @Test
    void choosesWhoRunsWhat() {
        var file = BEGUN + "dataPlane: {postgres: {mode: byo, host: db, password: '${env:P}'}}\n";
        var guest = guest(file).opens(Page.PARTS).reaches("dataPlane.postgres").presses(Key.RIGHT);
        assertThat(guest.said("dataPlane.postgres.mode")).contains("sandbox");

        guest.reaches("observability.metrics").presses(Key.LEFT);
        assertThat(guest.said("observability.metrics.mode")).contains("kubernetes");
        assertThat(guest.types(" ").said("observability.metrics.mode")).contains("disabled");
    }

    @Test
    void saysInTheReviewWhatMeansNothingAnyMore() {
        var guest = guest(BEGUN)
                .opens("dataPlane.redis")
                .reaches("dataPlane.redis.storage")
                .types("9Gi");
        guest.opens(Page.PARTS).reaches("dataPlane.redis").types(" ").opens(Scene.REVIEW);

        assertThat(guest.screen()).contains("dataPlane.redis.storage: 9Gi (not used any more)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme\n", "\n acme\r\n\n", "acme "})
    void takesWhatIsPastedForOneInputAndLeavesOutTheEndsOfLines(String pasted) {
        var guest = guest(NOTHING).pastes(pasted);
        assertThat(guest.focus()).isEqualTo(NAME);
        assertThat(guest.screen()).contains("[ acme ", "Blanks and line ends around what was pasted were left out");

        assertThat(guest.presses(Key.TAB).said(NAME)).contains("acme");
    }

    @Test
    void saysNothingOfAPasteThatIsTakenAsItIs() {
        assertThat(guest(NOTHING).pastes("acme").state().message()).isEmpty();
    }

    @Test
    void asksOnlyWhatIsMeant() {
        var guest = guest(BEGUN, "redis");

        assertThat(guest.screen()).contains("who runs what  1/3");
        assertThat(guest.stops()).containsExactly("dataPlane.redis");
        assertThat(guest.presses(Key.ENTER).stops()).isNotEmpty().allMatch(stop -> stop.startsWith("dataPlane.redis."));
        assertThat(guest.presses(Key.ENTER).page().id()).isEqualTo(Scene.REVIEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"installation.domain", "objectStore.region", "objectStore.hosts", Scene.MORE})
    void goesOnWhereADraftStopped(String stop) {
        var page = stop.startsWith("inst") ? "installation" : "objectStore";
        var before = guest(STORE).opens(page).reaches(stop);

        var after = new Guest(Walks.questionnaire(STORE), before.state().draft());

        assertThat(after.page().id()).isEqualTo(page);
        assertThat(stop.equals(Scene.MORE) || after.focus().equals(stop)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {Page.PARTS, Scene.REVIEW})
    void goesOnOnThePageWhereADraftStopped(String page) {
        var before = guest(BEGUN).opens(page);

        assertThat(new Guest(Walks.questionnaire(BEGUN), before.state().draft())
                        .page()
                        .id())
                .isEqualTo(page);
    }

    @Test
    void goesFromTheReviewToWhatHasToBeMended() {
        var guest = guest(BEGUN.replace("acme,", "Acme_1,")).opens(Scene.REVIEW);
        assertThat(guest.screen()).contains("To be mended").doesNotContain("Install:");

        guest.presses(Key.ENTER);
        assertThat(guest.focus()).isEqualTo(NAME);
        assertThat(guest.screen()).contains("expected a text that matches");
    }

    @ParameterizedTest
    @EnumSource(value = Action.class, names = "SAVE_AS", mode = EnumSource.Mode.EXCLUDE)
    void doesWhatIsChosenInTheReview(Action action) {
        var guest = guest(BEGUN).opens(Scene.REVIEW).reaches(action.stop()).presses(Key.ENTER);

        assertThat(guest.wish()).contains(action.wish());
    }

    @Test
    void savesInAnotherFileOfTheNameThatIsTyped() {
        var guest =
                guest(BEGUN).opens(Scene.REVIEW).reaches(Action.SAVE_AS.stop()).presses(Key.ENTER);
        assertThat(guest.presses(Key.ENTER).screen()).contains("in which file?", "A name is needed");

        guest.types("tes").presses(Key.BACKSPACE).pastes("st.yaml\n").presses(Key.ENTER);
        assertThat(guest.wish()).contains(Wish.SAVE);
        assertThat(guest.name()).contains("test.yaml");
        assertThat(guest.presses(Key.ESCAPE).page().id()).isNotEqualTo(Scene.REVIEW);
    }

    @Test
    void goesFromEveryAnswerToItsQuestion() {
        var guest = guest(BEGUN).opens(Scene.REVIEW);
        assertThat(guest.screen()).contains("[ ] Show every answer").doesNotContain(NAME);

        guest.reaches(Scene.MORE).presses(Key.ENTER).on(80, 200);
        assertThat(guest.screen()).contains(NAME + ": acme (", "(default)");
        assertThat(guest.reaches(NAME).presses(Key.ENTER).focus()).isEqualTo(NAME);
    }

    @Test
    void showsAnOptionalQuestionWhoseAnswerIsWrong() {
        assertThat(guest(STORE).opens("objectStore").stops()).doesNotContain("objectStore.public");

        var guest = guest(STORE.replace("byo}", "byo, public: perhaps}")).opens("objectStore");
        assertThat(guest.stops()).contains("objectStore.public");
    }

    @Test
    void putsTheCaretWhereTheNextCharacterGoes() {
        var guest = guest(NOTHING).types("acme").presses(Key.LEFT);
        var caret = guest.frame().caret().orElseThrow();

        assertThat(List.of(guest.screen()
                                .lines()
                                .toList()
                                .get(caret.row())
                                .substring(caret.column())
                                .split(" "))
                        .getFirst())
                .isEqualTo("e");
        assertThat(guest(BEGUN).opens(Page.PARTS).frame())
                .extracting(Frame::caret)
                .isEqualTo(java.util.Optional.empty());
    }

    @Test
    void showsARuleThatIsBrokenOnThePageOfItsQuestions() {
        var file = """
                apiVersion: installer.btp/v1
                installation: {name: acme, domain: btp.acme.example}
                dataPlane: {postgres: {mode: byo, host: db, password: "${env:PASSWORD}", tls: {ca: /ca.pem}}}
                """;
        var guest = new Guest(Walks.questionnaire(file), Draft.empty()).opens("dataPlane.postgres");
        assertThat(guest.screen()).contains("breaks the rule \"tls.ca only with verify-full\"");

        guest.opens("review").presses(Key.ENTER);

        assertThat(guest.page().id()).isEqualTo("dataPlane.postgres");
    }
}
