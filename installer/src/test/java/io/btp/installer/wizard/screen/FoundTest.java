package io.btp.installer.wizard.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.answers.Written;
import io.btp.installer.api.Question;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Walks;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are found in the world are offered, and nothing else is done with them. */
class FoundTest {
    private static final String FILE = """
            apiVersion: installer.btp/v1
            installation: {name: acme, domain: btp.acme.example}
            cluster: {mode: byo}
            dataPlane: {postgres: {mode: byo, host: db.acme.example}}
            """;
    private static final String CLUSTER = "cluster";
    private static final String KUBECONFIG = "cluster.kubeconfig";
    private static final String REDIS = "dataPlane.redis";
    private static final String STORAGE = "dataPlane.redis.storage";

    private final Guest guest = new Guest(Walks.questionnaire(FILE), Draft.empty());

    private Guest offered(String... answers) {
        return guest.opens(CLUSTER).finds(KUBECONFIG, answers).reaches(KUBECONFIG);
    }

    @Test
    void looksAroundAtTheBeginning() {
        assertThat(guest.searches()).hasSize(1);
    }

    @Test
    void looksAgainWhereTheClusterIsReachedInAnotherWay() {
        guest.opens(CLUSTER).reaches(KUBECONFIG).types("~/other");
        assertThat(guest.searches()).hasSize(1);

        guest.presses(Key.TAB);
        assertThat(guest.searches()).hasSize(2);
        assertThat(guest.searches().getLast().draft().at(KUBECONFIG)).contains("~/other");
    }

    @Test
    void looksAgainWhereSomebodyElseIsChosen() {
        guest.opens(Page.PARTS).reaches("dataPlane.postgres").types(" ");

        assertThat(guest.searches()).hasSize(2);
    }

    @Test
    void doesNotLookAgainForAnythingElse() {
        guest.opens(REDIS).reaches(STORAGE).types("9Gi").presses(Key.TAB).opens(Scene.REVIEW);

        assertThat(guest.searches()).hasSize(1);
    }

    @Test
    void showsAnOptionalQuestionWithWhatWasFoundForIt() {
        guest.opens(CLUSTER);
        assertThat(guest.stops()).doesNotContain(KUBECONFIG);

        guest.finds(KUBECONFIG, "~/prod", "~/dev");
        assertThat(guest.stops()).contains(KUBECONFIG);
        assertThat(guest.reaches(KUBECONFIG).screen()).contains("found: ~/prod, ~/dev (Right takes ~/prod)");
    }

    @Test
    void stopsOnceWhereThereIsAChoiceThatNobodyHasMade() {
        guest.finds(KUBECONFIG, "~/prod", "~/dev").opens(Page.PARTS).presses(Key.ENTER);
        assertThat(guest.page().id()).isEqualTo(CLUSTER);

        guest.presses(Key.ENTER);
        assertThat(guest.page().id()).isNotEqualTo(CLUSTER);
        assertThat(guest.opens(Page.PARTS).presses(Key.ENTER).page().id()).isNotEqualTo(CLUSTER);
    }

    @Test
    void goesByWhereThereIsNoChoice() {
        guest.finds(KUBECONFIG, "~/prod").opens(Page.PARTS).presses(Key.ENTER);

        assertThat(guest.page().id()).isNotEqualTo(CLUSTER);
    }

    @Test
    void takesNothingThatNobodyTakes() {
        offered("~/prod").presses(Key.TAB).opens(Scene.REVIEW);

        assertThat(guest.said(KUBECONFIG)).isEmpty();
    }

    @Test
    void takesOneAfterTheOtherInACircle() {
        offered("~/prod", "~/dev").presses(Key.RIGHT);
        assertThat(guest.screen()).contains("[ ~/prod ", "(Right takes ~/dev)");

        guest.presses(Key.RIGHT);
        assertThat(guest.screen()).contains("[ ~/dev ", "(Right takes ~/prod)");

        guest.presses(Key.RIGHT, Key.TAB);
        assertThat(guest.said(KUBECONFIG)).contains("~/prod");
    }

    @Test
    void takesWhatBeginsAsWasTyped() {
        offered("~/prod-eu", "~/dev", "~/prod-us").types("~/p").presses(Key.RIGHT, Key.RIGHT);
        assertThat(guest.screen()).contains("[ ~/prod-us ", "(Right takes ~/prod-eu)");

        guest.presses(Key.CLEAR).types("~/x");
        assertThat(guest.screen()).contains("found: ~/prod-eu").doesNotContain("Right takes");
        assertThat(guest.presses(Key.RIGHT, Key.TAB).said(KUBECONFIG)).contains("~/x");
    }

    @Test
    void editsOnWhatWasTaken() {
        offered("~/prod", "~/prod-x-1").presses(Key.RIGHT).types("-x");
        assertThat(guest.screen()).contains("[ ~/prod-x ", "(Right takes ~/prod-x-1)");

        guest.presses(Key.BACKSPACE, Key.TAB);
        assertThat(guest.said(KUBECONFIG)).contains("~/prod-");
    }

    @Test
    void goesOnFromWhatWasTakenBefore() {
        offered("~/prod", "~/dev").presses(Key.RIGHT, Key.TAB);
        guest.finds(KUBECONFIG, "~/prod", "~/dev").reaches(KUBECONFIG);
        assertThat(guest.screen()).contains("[ ~/prod ", "(Right takes ~/dev)");

        assertThat(guest.presses(Key.RIGHT, Key.TAB).said(KUBECONFIG)).contains("~/dev");
    }

    @Test
    void movesWithinWhatIsTyped() {
        offered("~/prod").types("~/pr").presses(Key.HOME, Key.RIGHT).types("x").presses(Key.TAB);

        assertThat(guest.said(KUBECONFIG)).contains("~x/pr");
    }

    @Test
    void forgetsWhatWasFoundElsewhere() {
        offered("~/prod").finds(STORAGE, "9Gi").types("~/other").presses(Key.TAB);
        assertThat(guest.state().found().answers()).isEmpty();

        var before = guest.searches().getFirst().subject();
        guest.gives(new Input.Found(before, STORAGE, List.of("9Gi")));
        assertThat(guest.state().found().answers()).isEmpty();
    }

    @Test
    void offersNoAnswerThatIsNotValid() {
        guest.finds(STORAGE, "lots", "9Gi", "[9Gi]", "9Gi").opens(REDIS).reaches(STORAGE);

        assertThat(guest.screen()).contains("found: 9Gi (Right takes 9Gi)");
    }

    @Test
    void showsNoQuestionForWhichOnlyNonsenseWasFound() {
        guest.finds(STORAGE, "lots").opens(REDIS);

        assertThat(guest.stops()).doesNotContain(STORAGE);
    }

    @Test
    void neverOffersASecret() {
        var password = "dataPlane.postgres.password";
        guest.finds(password, "\"${env:FOUND}\"")
                .opens("dataPlane.postgres")
                .reaches(password)
                .presses(Key.RIGHT);

        assertThat(guest.screen()).doesNotContain("FOUND", "found:");
    }

    @Test
    void offersNothingForWhatIsNotAsked() {
        guest.finds("dataPlane.postgres.nothing", "x").finds("cluster.mode", "sandbox");

        assertThat(guest.state().found().answers().values()).allMatch(List::isEmpty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "\u009b2J", "\u202e", "\u200b", "\n", "\u0301"})
    void offersNothingThatATerminalDoesNotShowAsItIs(String hostile) {
        offered(written("~/evil" + hostile + "evil"), "~/dev").presses(Key.RIGHT);

        assertThat(guest.screen()).contains("[ ~/dev ", "found: ~/dev").doesNotContain("evil");
    }

    private static String written(String text) {
        return Written.answer(Question.path("x", "x"), text).orElseThrow();
    }

    @Test
    void namesAFewAndExplainsAll() {
        var all = IntStream.range(0, 9).mapToObj(number -> "~/c" + number).toArray(String[]::new);
        offered(all);
        assertThat(guest.screen()).contains("~/c4 and 4 more").doesNotContain("~/c5");

        assertThat(guest.presses(Key.HELP).screen()).contains("found: ~/c0", "~/c8");
    }
}
