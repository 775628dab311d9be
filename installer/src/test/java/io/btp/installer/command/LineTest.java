package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void losesNoWordAndFitsWhereverWordsDo() {
        var random = new Random(1);
        for (int round = 0; round < 500; round++) {
            var text = random.ints(1 + random.nextInt(60), 1, 30)
                    .mapToObj("x"::repeat)
                    .collect(Collectors.joining(" "));
            var lines = Line.of("  + ", text).on(80);

            assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
            assertThat(lines.stream().map(line -> line.substring(4)).collect(Collectors.joining(" ")))
                    .isEqualTo(text);
        }
    }

    @Test
    void leavesLongWordsWhole() {
        var address = "https://" + "a".repeat(90) + ".example";

        assertThat(Line.of("  ", "see " + address + " for more").on(80))
                .containsExactly("  see", "  " + address, "  for more");
    }

    @Test
    void leavesCommandsWhole() {
        var command = "btp plugins trust /home/somebody/" + "a".repeat(60) + "/plugins -f btp.yaml --yes";

        assertThat(Line.of("  remedy: ", "If you trust it: " + command + "; or write it into the answers")
                        .on(80))
                .containsExactly(
                        "  remedy: If you trust it:",
                        "          " + command + ";",
                        "          or write it into the answers");
        assertThat(Line.of("", "x".repeat(66) + " see btp lock show and wait").on(80))
                .containsExactly("x".repeat(66) + " see", "btp lock show and wait");
    }

    @Test
    void keepsNumberAndUnitTogether() {
        assertThat(Line.of("", "x".repeat(73) + ", 12 min 2 s)").on(80))
                .containsExactly("x".repeat(73) + ",", "12 min 2 s)");
    }

    @Test
    void keepsLinesOfTheTextAndLetsNobodyControlTheTerminal() {
        assertThat(new Line("| ", "| ", "one\n\u001b[31mtwo\u0007\tthree").on(80))
                .containsExactly("| one", "|  two  three");
    }

    @Test
    void printsNothingButTheBeginningOfAnEmptyText() {
        assertThat(Line.of("  ! ", "").on(80)).containsExactly("  !");
    }
}
