package io.btp.installer.wizard.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Problem;
import io.btp.installer.event.RunEvent;
import io.btp.installer.event.RunEvent.Outcome;
import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Frame.Run;
import io.btp.installer.screen.Glyphs;
import io.btp.installer.screen.Goldens;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.screen.Role;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Page;
import io.btp.installer.wizard.Walks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final String NOTHING = "apiVersion: installer.btp/v1\n";
    private static final String FILE = NOTHING + """
            installation: {name: acme, domain: btp.acme.example}
            cluster: {mode: sandbox}
            dataPlane: {postgres: {mode: byo, host: db.acme.example, password: "${env:P}"}}
            """;
    private static final String REDIS = "dataPlane.redis";
    private static final Problem PROBLEM = Problem.of(Problem.Reason.QUOTA, "No class of storage is there", "Add one");

    private final Goldens goldens = new Goldens(FramesTest.class);

    private static Guest guest(String file) {
        return new Guest(Walks.questionnaire(file), Draft.empty());
    }

    private static Guest wrong() {
        return guest(NOTHING).types("Acme_1").presses(Key.ENTER);
    }

    @Test
    void showsTheFirstPage() {
        goldens.check("first", guest(NOTHING).frame());
    }

    @Test
    void showsWhoRunsWhat() {
        goldens.check(
                "parts",
                guest(FILE).opens(Page.PARTS).reaches("dataPlane.postgres").frame());
    }

    @Test
    void showsAnErrorWhereThereIsLittleRoom() {
        goldens.check("error", wrong().on(60, 16).frame());
    }

    @Test
    void showsAPageThatIsLongerThanTheScreen() {
        var file = NOTHING + "objectStore: {mode: byo}\n";

        goldens.check(
                "long",
                guest(file).opens("objectStore").reaches("objectStore.class").frame());
    }

    @Test
    void showsTheReview() {
        var guest = guest(FILE)
                .opens(REDIS)
                .reaches("dataPlane.redis.storage")
                .types("9Gi")
                .opens(Scene.REVIEW);

        goldens.check("review", guest.on(120, 40).frame());
    }

    @Test
    void showsTheReviewOfWhatIsWrong() {
        goldens.check("review-wrong", wrong().opens(Scene.REVIEW).frame());
    }

    @Test
    void saysThatTheScreenIsTooSmall() {
        goldens.check("small", guest(NOTHING).on(40, 12).frame());
    }

    @Test
    void explainsAQuestion() {
        goldens.check(
                "help",
                guest(FILE)
                        .opens("dataPlane.postgres")
                        .reaches("dataPlane.postgres.tls.mode")
                        .presses(Key.HELP)
                        .frame());
    }

    @Test
    void asksForTheHomeOfASecret() {
        var file = FILE.replace(", password: \"${env:P}\"", "");

        goldens.check(
                "home",
                guest(file)
                        .opens("dataPlane.postgres")
                        .reaches("dataPlane.postgres.password")
                        .types("secret")
                        .presses(Key.ENTER, Key.DOWN)
                        .frame());
    }

    @Test
    void asksWhetherToLeave() {
        goldens.check("leave", guest(NOTHING).presses(Key.LEAVE).frame());
    }

    @Test
    void showsAPageInAscii() {
        var frame = wrong().with(Glyphs.ascii()).frame();

        assertThat(frame.text()).isASCII();
        goldens.check("ascii", frame);
    }

    @Test
    void showsWhatTheWorldSaysToAPage() {
        var guest = guest(FILE).opens(REDIS).presses(Key.TEST);
        var proof = guest.proofs().getLast();
        guest.gives(new Input.Proved(
                REDIS,
                proof.subject(),
                List.of(
                        checked("A default class of storage is there", Outcome.FAILED, Optional.of(PROBLEM)),
                        checked("The operator is there", Outcome.PASSED, Optional.empty()),
                        checked("There is room", Outcome.WARNED, Optional.empty()),
                        checked("Pods start", Outcome.SIMULATED, Optional.empty()))));

        goldens.check("proved", guest.frame());
    }

    private static RunEvent.Checked checked(String title, Outcome outcome, Optional<Problem> problem) {
        return new RunEvent.Checked(REDIS, "redis.check", title, outcome, title + ", or not", problem);
    }

    @Test
    void showsWhatWasFound() {
        var guest = guest(FILE.replace("sandbox", "byo")).opens("cluster");
        guest.finds("cluster.kubeconfig", "~/.kube/config", "~/.kube/dev").reaches("cluster.kubeconfig");

        goldens.check("found", guest.types("~").frame());
    }

    @Test
    void looksBadWhereSomethingIsWrong() {
        assertThat(runs(wrong().frame(), Role.BAD)).anyMatch(text -> text.contains("expected a text that matches"));
        assertThat(runs(wrong().opens(Scene.REVIEW).frame(), Role.BAD))
                .anyMatch(text -> text.contains("installation.domain is missing"));
    }

    @Test
    void looksFocusedWhereKeysGo() {
        assertThat(runs(guest(NOTHING).types("acme").frame(), Role.FOCUS)).containsExactly("acme");
    }

    private static List<String> runs(Frame frame, Role role) {
        return frame.lines().stream()
                .flatMap(line -> line.runs().stream())
                .filter(run -> run.role() == role)
                .map(Run::text)
                .map(String::strip)
                .toList();
    }
}
