package io.btp.installer.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.googlecode.lanterna.TerminalTextUtils;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    private static final int TEXTS = 5_000;

    @ParameterizedTest
    @ValueSource(strings = {"", "plain ~ text", "Grüße, naïve façade", "Ёжик, Ελλάδα", "漢字 かな カナ 한국어", "─▸✓✗•█░…"})
    void leavesWhatEveryTerminalShowsAlike(String text) {
        assertThat(SafeText.of(text)).isEqualTo(text);
    }

    @Test
    void composesLettersAndTheirMarks() {
        assertThat(SafeText.of("Gru\u0308n")).isEqualTo("Grün");
    }

    @ParameterizedTest
    @CsvSource({
        "'\u001b[31mred\u001b[0m', red",
        "'\u001b]0;title\u0007text', text",
        "'\u001b]8;;http://a\u001b\\link', link",
        "'\u001b(Btext', text",
        "'\u001bctext', text",
        "'a\u001b', a",
        "'\u009b2Jtext', ' 2Jtext'",
        "'a\rb\nc\td\0e', a b c d e",
        "'a\u00a0b\u2028c', a b c",
        "'a\u202eb\u2066c\u200bd\ufeffe\u00adf', abcdef",
        "'x\u0301\u0301', x??",
        "'\ud83d\ude00', ?",
        "'\ud83d', ?",
        "'\u05d0\u0e01\u0915\uff21\ue000', ?????"
    })
    void takesAwayWhatDoesSomethingOrHasNoCertainWidth(String hostile, String safe) {
        assertThat(SafeText.of(hostile)).isEqualTo(safe);
    }

    @Test
    void agreesWithThePainterOnTheWidthOfEveryCharacter() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .mapToObj(Character::toString)
                        .map(SafeText::of)
                        .filter(safe -> SafeText.columns(safe) != TerminalTextUtils.getColumnWidth(safe)))
                .isEmpty();
    }

    @Test
    void makesAnyTextSafeOnceAndForAll() {
        var random = new Random(20270110);
        for (int number = 0; number < TEXTS; number++) {
            var safe = SafeText.of(HostileText.of(random));
            assertThat(SafeText.of(safe)).isEqualTo(safe);
            assertThat(safe).doesNotContainPattern("\\p{C}|\\p{M}");
            assertThat(SafeText.columns(safe)).isEqualTo(TerminalTextUtils.getColumnWidth(safe));
        }
    }

    @ParameterizedTest
    @CsvSource({"abc, 3", "漢字, 4", "a漢, 3", "Grün, 4", "▸ ✓, 3", "'', 0"})
    void countsColumns(String text, int columns) {
        assertThat(SafeText.columns(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 5, abcd~",
        "abcdef, 1, ~",
        "abcdef, 0, ''",
        "abcdef, -3, ''",
        "漢字漢, 5, 漢字~",
        "漢字漢, 4, 漢~"
    })
    void cutsAtTheEndAndMarksIt(String text, int columns, String cut) {
        assertThat(SafeText.cut(text, columns)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 3, def", "abcdef, 9, abcdef", "a漢字, 3, 字", "abc, 0, ''", "abc, -1, ''"})
    void givesTheEndThatFits(String text, int columns, String tail) {
        assertThat(SafeText.tail(text, columns)).isEqualTo(tail);
    }

    @ParameterizedTest
    @CsvSource({"ab, 4, 'ab  '", "漢, 3, '漢 '", "漢字, 3, '漢~'", "abc, 0, ''", "abc, -1, ''"})
    void fillsUpOrCuts(String text, int columns, String fitted) {
        assertThat(SafeText.fitted(text, columns)).isEqualTo(fitted);
    }

    @ParameterizedTest
    @CsvSource({
        "'one two three', 7, 'one two|three'",
        "'abcdefghij', 4, 'abcd|efgh|ij'",
        "'a bcdefg h', 4, 'a|bcde|fg h'",
        "'漢字 漢', 3, '漢|字|漢'",
        "' a   b ', 9, 'a b'",
        "'', 9, ''"
    })
    void breaksBetweenWordsAndLongWords(String text, int columns, String lines) {
        assertThat(String.join("|", SafeText.wrapped(text, columns))).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -4})
    void breaksWhereNotEvenACharacterFits(int columns) {
        assertThat(String.join("", SafeText.wrapped("漢a", columns))).isEqualTo("漢a");
    }

    @Test
    void losesNothingWhereItBreaks() {
        var random = new Random(20270111);
        for (int number = 0; number < TEXTS; number++) {
            var text = SafeText.of(HostileText.of(random));
            int columns = random.nextInt(2, 30);
            var lines = SafeText.wrapped(text, columns);
            assertThat(lines).as(text).allMatch(line -> SafeText.columns(line) <= columns);
            assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        }
    }
}
