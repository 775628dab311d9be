package io.btp.installer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Problem;
import io.btp.installer.event.RunEvent;
import io.btp.installer.screen.Input;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Walks;
import io.btp.installer.wizard.screen.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofsTest {
    private static final String PLACE = "dataPlane.postgres";

    private final List<Input> heard = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<String> proved = new ArrayList<>();
    private Optional<Problem.Reason> answer = Optional.empty();

    private final Proofs proofs = new Proofs(
            Walks.questionnaire("apiVersion: installer.btp/v1\n"),
            (answers, place, trials) -> {
                proved.add(place);
                return List.of(check(answer));
            },
            heard::add,
            (seconds, deed) -> {
                pauses.add(seconds);
                later.add(deed);
            });

    private static RunEvent.Checked check(Optional<Problem.Reason> failed) {
        return new RunEvent.Checked(
                PLACE,
                "login",
                "It lets us in",
                failed.isPresent() ? RunEvent.Outcome.FAILED : RunEvent.Outcome.PASSED,
                "",
                failed.map(reason -> Problem.of(Problem.Reason.FAILED, "No", "Look")
                        .causedBy(Problem.of(reason, "Because", "Mend it"))));
    }

    private void prove(String subject, boolean trials) {
        proofs.begin(new Effect.Prove(Draft.empty(), PLACE, subject, trials));
    }

    private void proves(String subject) {
        prove(subject, false);
        later.removeLast().run();
    }

    @Test
    void waitsLongerAfterEachRefusedLogin() {
        answer = Optional.of(Problem.Reason.UNAUTHENTICATED);
        for (int value = 0; value < 8; value++) {
            proves("password " + value);
        }
        assertThat(pauses).containsExactly(0L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(heard).hasSize(8);
    }

    @Test
    void waitsForNothingWhereSomethingElseFails() {
        answer = Optional.of(Problem.Reason.UNREACHABLE);
        proves("one");
        proves("two");

        assertThat(pauses).containsOnly(0L);
    }

    @Test
    void forgetsRefusalsOnceItWasLetIn() {
        answer = Optional.of(Problem.Reason.UNAUTHENTICATED);
        proves("wrong");
        answer = Optional.empty();
        proves("right");
        proves("other");

        assertThat(pauses).containsExactly(0L, 2L, 0L);
    }

    @Test
    void triesAtOnceWhereSomebodyWishes() {
        answer = Optional.of(Problem.Reason.UNAUTHENTICATED);
        proves("wrong");
        prove("right", true);

        assertThat(pauses).containsExactly(0L, 0L);
    }

    @Test
    void leavesOutWhatHasChangedMeanwhile() {
        prove("wro", false);
        prove("wrong", false);
        later.forEach(Runnable::run);

        assertThat(proved).hasSize(1);
        assertThat(heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        Input.Proved.class, it -> assertThat(it.subject()).isEqualTo("wrong"));
    }
}
