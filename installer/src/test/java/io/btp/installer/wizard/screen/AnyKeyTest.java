package io.btp.installer.wizard.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.answers.Written;
import io.btp.installer.api.Question;
import io.btp.installer.screen.HostileText;
import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard.Wish;
import io.btp.installer.wizard.Walks;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is pressed, typed and pasted, in whatever order, on a screen of whatever size. */
class AnyKeyTest {
    private static final int GUESTS = 40;
    private static final int INPUTS = 150;
    private static final List<String> FILES = List.of(
            "apiVersion: installer.btp/v1\n",
            "apiVersion: installer.btp/v1\nobjectStore: {mode: byo}\ndataPlane: {postgres: {mode: byo}}\n");

    private static final List<String> PATHS =
            List.of("cluster.kubeconfig", "objectStore.title", "objectStore.folder", "installation.name");

    private final Random random = new Random(20270113);

    @Test
    void showsAFrameThatFits() {
        for (int number = 0; number < GUESTS; number++) {
            var guest = new Guest(Walks.questionnaire(FILES.get(number % 2)), Draft.empty());
            for (int input = 0; input < INPUTS; input++) {
                if (random.nextInt(20) == 0) {
                    guest.on(random.nextInt(1, 140), random.nextInt(1, 50));
                }
                if (random.nextInt(10) == 0) {
                    guest.finds(PATHS.get(random.nextInt(PATHS.size())), found(), found());
                }
                var before = guest.wish();
                var given = input();
                guest.gives(given);
                assertThat(guest.screen().replace("\n", "")).doesNotContainPattern("\\p{C}|\\p{M}");
                assertThat(isQuitBy(guest, given) || guest.wish().equals(before))
                        .isTrue();
            }
        }
    }

    /** Only whoever leaves quits, and only whoever goes on does something. */
    private static boolean isQuitBy(Guest guest, Input given) {
        return given.equals(new Input.Pressed(Key.ENTER))
                || (given.equals(new Input.Pressed(Key.LEAVE))
                        && guest.wish().filter(Wish.QUIT::equals).isPresent());
    }

    /** Objects of a cluster may be named by somebody else. */
    private String found() {
        return Written.answer(Question.text("x", "x"), HostileText.of(random)).orElse("a");
    }

    private Input input() {
        var keys = Key.values();
        return switch (random.nextInt(7)) {
            case 0 -> new Input.Typed("aA1 ?${}:[\"'#-~".charAt(random.nextInt(15)));
            case 1 -> new Input.Typed(random.nextInt(1, 0xd800));
            case 2 -> new Input.Pasted(HostileText.of(random));
            default -> new Input.Pressed(keys[random.nextInt(keys.length)]);
        };
    }
}
