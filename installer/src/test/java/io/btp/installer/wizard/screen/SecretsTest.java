package io.btp.installer.wizard.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Problem;
import io.btp.installer.screen.Frame;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.Walks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that is typed is seen nowhere, and gets a home. */
class SecretsTest {
    private static final String CANARY = "canary-7";
    private static final String PASSWORD = "dataPlane.postgres.password";
    private static final String FILE = """
            apiVersion: installer.btp/v1
            installation: {name: acme, domain: btp.acme.example}
            cluster: {mode: sandbox}
            dataPlane: {postgres: {mode: byo, host: db.acme.example}}
            """;

    private final Guest guest = new Guest(Walks.questionnaire(FILE), Draft.empty())
            .opens("dataPlane.postgres")
            .reaches(PASSWORD);

    private void assertNothingSeen() {
        assertThat(guest.seen()).extracting(Frame::text).noneMatch(text -> text.contains(CANARY));
        assertThat(guest.state().toString()).doesNotContain(CANARY);
    }

    @Test
    void getsAHomeBesideTheAnswersWhenTheFieldIsLeft() {
        guest.types(CANARY);
        assertThat(guest.screen()).contains("[ " + "•".repeat(CANARY.length()) + " ");

        guest.presses(Key.ENTER);
        assertThat(guest.screen())
                .contains("Where is this secret to be kept?", "(•) 1 the file btp-secrets/" + PASSWORD);
        assertThat(guest.said(PASSWORD)).isEmpty();
        assertNothingSeen();

        guest.presses(Key.ENTER);
        assertThat(guest.secrets()).containsExactly(CANARY);
        assertThat(guest.said(PASSWORD)).contains("\"${file:btp-secrets/" + PASSWORD + "}\"");
        assertThat(guest.page().id()).isNotEqualTo("dataPlane.postgres");
        assertNothingSeen();
    }

    @ParameterizedTest
    @CsvSource({"2, '\"${env:BTP_DATA_PLANE_POSTGRES_PASSWORD}\"'", "3, '\"${prompt}\"'"})
    void isKeptByNobodyWhereItsHomeIsElsewhere(String choice, String reference) {
        guest.types(CANARY).presses(Key.TAB).types(choice).presses(Key.ENTER);

        assertThat(guest.said(PASSWORD)).contains(reference);
        assertThat(guest.secrets()).isEmpty();
        assertNothingSeen();
    }

    @ParameterizedTest
    @EnumSource(names = {"ENTER", "TAB", "DOWN", "UP", "BACK_TAB", "PAGE_DOWN", "PAGE_UP", "ESCAPE", "TEST"})
    void asksForAHomeHoweverTheFieldIsLeft(Key key) {
        guest.types(CANARY).presses(key);

        assertThat(guest.screen()).contains("Where is this secret to be kept?");
        assertNothingSeen();
    }

    @Test
    void comesBackToTheFieldOnEscape() {
        guest.types(CANARY).presses(Key.TAB, Key.ESCAPE);

        assertThat(guest.focus()).isEqualTo(PASSWORD);
        assertThat(guest.screen()).contains("[ " + "•".repeat(CANARY.length()) + " ");
        assertThat(guest.said(PASSWORD)).isEmpty();
    }

    @Test
    void choosesAHomeInACircle() {
        guest.types(CANARY).presses(Key.TAB, Key.UP);
        assertThat(guest.screen()).contains("(•) 3 nowhere");

        assertThat(guest.presses(Key.DOWN, Key.DOWN).screen()).contains("(•) 2 the environment variable");
    }

    @Test
    void isShownOnlyWhileAsked() {
        guest.types(CANARY).presses(Key.REVEAL);
        assertThat(guest.screen()).contains(CANARY);

        guest.presses(Key.REVEAL);
        assertThat(guest.screen()).doesNotContain(CANARY);
    }

    @Test
    void isHiddenAgainOnceTheFieldWasLeft() {
        guest.types(CANARY).presses(Key.REVEAL, Key.TAB, Key.ESCAPE);

        assertThat(guest.screen()).doesNotContain(CANARY);
    }

    @Test
    void isPastedWithoutTheEndOfItsLine() {
        guest.pastes(CANARY + "\n");
        assertThat(guest.screen()).contains("Blanks and line ends around what was pasted were left out");

        guest.presses(Key.TAB, Key.ENTER);
        assertThat(guest.secrets()).containsExactly(CANARY);
        assertNothingSeen();
    }

    @Test
    void asksAgainWhereItCannotBeKept() {
        guest.types(CANARY).presses(Key.TAB);
        guest.gives(new Input.NotKept(Problem.of(Problem.Reason.INVALID, "The disk is full", "Make room")));

        assertThat(guest.screen()).contains("Where is this secret to be kept?", "The disk is full. Make room");
        assertThat(guest.said(PASSWORD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${env:PGPASSWORD}", "${file:~/p w}"})
    void needsNoHomeWhereItIsAReference(String reference) {
        guest.types(reference);
        assertThat(guest.screen()).contains(reference);

        guest.presses(Key.TAB);
        assertThat(guest.said(PASSWORD)).contains("\"" + reference + "\"");
        assertThat(guest.state().dialog()).isEmpty();
    }
}
