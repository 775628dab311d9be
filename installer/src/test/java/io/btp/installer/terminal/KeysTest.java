package io.btp.installer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.screen.Input;
import io.btp.installer.screen.Input.Key;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final long PAUSE = 50;
    private static final Input LEAVE = new Input.Pressed(Key.LEAVE);
    private static final String PASTE = "\u001b[200~";
    private static final String PASTED = "\u001b[201~";

    private final Keyboard keyboard = new Keyboard();
    private int redrawn;

    private Keys keys() {
        return new Keys(keyboard, PAUSE, () -> redrawn++);
    }

    /** Gives everything that is read until somebody leaves. */
    private List<Input> read() throws IOException {
        var keys = keys();
        var inputs = new ArrayList<Input>();
        while (inputs.isEmpty() || !inputs.getLast().equals(LEAVE)) {
            keys.next().ifPresent(inputs::add);
        }
        return inputs;
    }

    @ParameterizedTest
    @CsvSource({
        "[A, UP",
        "OA, UP",
        "[B, DOWN",
        "OB, DOWN",
        "[C, RIGHT",
        "OC, RIGHT",
        "[D, LEFT",
        "OD, LEFT",
        "[H, HOME",
        "OH, HOME",
        "[1~, HOME",
        "[7~, HOME",
        "[F, END",
        "OF, END",
        "[4~, END",
        "[8~, END",
        "[3~, DELETE",
        "[5~, PAGE_UP",
        "[6~, PAGE_DOWN",
        "[Z, BACK_TAB",
        "OP, HELP",
        "[11~, HELP",
        "[[A, HELP",
        "[15~, TEST",
        "[[E, TEST"
    })
    void knowsWhatTerminalsSendForAKey(String sequence, Key key) throws IOException {
        keyboard.types("\u001b" + sequence + "x");

        assertThat(read()).containsExactly(new Input.Pressed(key), new Input.Typed('x'), LEAVE);
    }

    @ParameterizedTest
    @CsvSource({
        "3, LEAVE",
        "8, BACKSPACE",
        "127, BACKSPACE",
        "9, TAB",
        "10, ENTER",
        "13, ENTER",
        "18, REVEAL",
        "21, CLEAR"
    })
    void knowsKeysThatAreOneCharacter(int character, Key key) throws IOException {
        keyboard.types(Character.toString(character));

        assertThat(read().getFirst()).isEqualTo(new Input.Pressed(key));
    }

    @Test
    void readsCharactersAlsoThoseOfTwoParts() throws IOException {
        keyboard.types("aö漢😀");

        assertThat(read())
                .containsExactly(
                        new Input.Typed('a'),
                        new Input.Typed('ö'),
                        new Input.Typed('漢'),
                        new Input.Typed(0x1f600),
                        LEAVE);
    }

    @Test
    void waitsAsLongAsNothingIsTyped() throws IOException {
        keyboard.pauses().pauses().types("a");

        assertThat(read()).containsExactly(new Input.Typed('a'), LEAVE);
    }

    @Test
    void takesAnEscapeThatNothingFollowsForAKey() throws IOException {
        keyboard.types("\u001b").pauses().types("[A");

        assertThat(read())
                .containsExactly(new Input.Pressed(Key.ESCAPE), new Input.Typed('['), new Input.Typed('A'), LEAVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1;5A", "[99~", "[?1;2c", "[<0;1;1M", "OZ", "a", "[200", "[I"})
    void ignoresWhatItDoesNotKnow(String sequence) throws IOException {
        keyboard.types("\u001b" + sequence).pauses().types("x");

        assertThat(read()).containsExactly(new Input.Typed('x'), LEAVE);
    }

    @Test
    void ignoresControlCharactersThatMeanNothing() throws IOException {
        keyboard.types("\0\u0001\u0002\u0011\u0013\u001a\u001cx");

        assertThat(read()).containsExactly(new Input.Typed('x'), LEAVE);
    }

    @Test
    void redrawsAndGoesOnWithTheNextKey() throws IOException {
        keyboard.types("\u000cx");

        assertThat(read()).containsExactly(new Input.Typed('x'), LEAVE);
        assertThat(redrawn).isEqualTo(1);
    }

    @Test
    void takesWhatIsPastedForOneInput() throws IOException {
        keyboard.types(PASTE + "one\rtwo\u001b[A~" + PASTED + "x");

        assertThat(read()).containsExactly(new Input.Pasted("one\ntwo\u001b[A~"), new Input.Typed('x'), LEAVE);
    }

    @Test
    void findsTheEndOfAPasteThatArrivesInParts() throws IOException {
        keyboard.types(PASTE + "on")
                .pauses()
                .types("e\u001b")
                .pauses()
                .types("[20")
                .pauses()
                .types("1~x");

        assertThat(read()).containsExactly(new Input.Pasted("one"), new Input.Typed('x'), LEAVE);
    }

    @Test
    void takesAPasteThatNeverEndsForAllThatThereIs() throws IOException {
        keyboard.types(PASTE + "one");

        assertThat(read()).containsExactly(new Input.Pasted("one"), LEAVE);
    }

    @Test
    void takesNothingOfAHugePasteForKeys() throws IOException {
        keyboard.types(PASTE + "a".repeat((1 << 20) + 10) + "\n" + PASTED + "x");

        var inputs = read();

        assertThat(inputs).hasSize(3);
        assertThat(((Input.Pasted) inputs.getFirst()).text()).hasSize(1 << 20);
        assertThat(inputs.subList(1, 3)).containsExactly(new Input.Typed('x'), LEAVE);
    }

    @Test
    void takesTheEndOfInputForSomebodyWhoLeavesAgainAndAgain() throws IOException {
        var keys = keys();

        assertThat(keys.next()).isEqualTo(Optional.of(LEAVE));
        assertThat(keys.next()).isEqualTo(Optional.of(LEAVE));
    }
}
