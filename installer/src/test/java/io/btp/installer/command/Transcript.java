package io.btp.installer.command;

import io.btp.installer.event.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a person reads of a run: both streams, as on a terminal. */
final class Transcript {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final FakePace pace = new FakePace();
    private final TextLines lines;

    private Transcript(TextLines.Asked asked, boolean details, boolean coloured) {
        var page = new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8), 80, coloured);
        this.lines = new TextLines(page, page, asked, details, pace);
    }

    static Transcript of(TextLines.Asked asked) {
        return new Transcript(asked, false, false);
    }

    static Transcript inDetail(TextLines.Asked asked) {
        return new Transcript(asked, true, false);
    }

    static Transcript inColour(TextLines.Asked asked) {
        return new Transcript(asked, false, true);
    }

    Transcript on(RunEvent... events) {
        for (var event : events) {
            lines.on(event);
        }
        return this;
    }

    /** Lets time pass, second by second. */
    Transcript after(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            pace.pause(Duration.ofSeconds(1));
            lines.tick();
        }
        return this;
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
