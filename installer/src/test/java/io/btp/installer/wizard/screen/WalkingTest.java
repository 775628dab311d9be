package io.btp.installer.wizard.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard.Wish;
import io.btp.installer.wizard.Walks;
import io.btp.installer.screen.Input.Key;
import org.junit.jupiter.api.Test;

class WalkingTest {
    private static final String NOTHING = "apiVersion: installer.btp/v1\n";

    private static Guest guest() {
        return new Guest(Walks.questionnaire(NOTHING), Draft.empty());
    }

    @Test
    void asksWhatIsNeededAndNothingElse() {
        var guest = guest();
        System.out.println(guest.screen());
        guest.types("Acme_1").presses(Key.ENTER);
        System.out.println(guest.screen());
        guest.presses(Key.CLEAR).types("acme").presses(Key.ENTER).types("btp.acme.example");
        System.out.println(guest.screen());
        guest.presses(Key.ENTER);
        System.out.println(guest.screen());
        guest.types(" ").presses(Key.ENTER);
        System.out.println(guest.screen());
        for (int i = 0; i < 30 && !guest.state().page().equals("review"); i++) {
            guest.presses(Key.ENTER);
            System.out.println(guest.screen());
        }
        guest.presses(Key.HELP);
        System.out.println(guest.screen());
        assertThat(guest.wish()).isEmpty();
        assertThat(Wish.values()).isNotEmpty();
    }
}
