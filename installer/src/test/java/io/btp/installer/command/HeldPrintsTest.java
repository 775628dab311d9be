package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeldPrintsTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final HeldPrints held = new HeldPrints();
    private final PrintStream output = held.before(marked("out:"));
    private final PrintStream messages = held.before(marked("err:"));

    /** Gives a stream to the one screen that shows where each piece came from. */
    private PrintStream marked(String mark) {
        return new PrintStream(screen, true, StandardCharsets.UTF_8) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                var piece = new String(bytes, from, length, StandardCharsets.UTF_8);
                screen.writeBytes((mark + piece).getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsAtOnceWhileNothingIsDrawn() {
        output.print("ä");
        messages.print("b");

        assertThat(shown()).isEqualTo("out:äerr:b");
    }

    @Test
    void printsNothingWhileTheScreenIsUsed() {
        held.draw();
        output.print("a");
        messages.write('b');
        messages.flush();

        assertThat(shown()).isEmpty();
    }

    @Test
    void printsEverythingAfterwardsInOrder() {
        output.print("0");
        held.draw();
        output.print("1");
        messages.print("2");
        output.print("3");
        held.open();
        messages.print("4");

        assertThat(shown()).isEqualTo("out:0out:1err:2out:3err:4");
    }

    @Test
    void printsWhatWasHeldOnce() {
        held.draw();
        output.print("1");
        held.open();
        held.open();
        held.draw();
        output.print("2");
        held.open();

        assertThat(shown()).isEqualTo("out:1out:2");
    }
}
