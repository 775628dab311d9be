package io.btp.installer.command;

import io.btp.installer.engine.Pace;
import io.btp.installer.event.RunListener;
import io.btp.installer.terminal.FullScreen;
import io.btp.installer.terminal.LiveRun;
import java.io.PrintStream;

/** Chooses how the events of a run are shown: as JSON, as lines of text, or on the whole screen. */
final class Renderer {
    private final Surroundings surroundings;
    private final OutputOptions options;

    Renderer(Surroundings surroundings, OutputOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    /** Shows what goes on: on the whole screen where a person watches. */
    RunListener of(TextLines.Asked asked, boolean details, Pace pace) {
        var screen = new FullScreen(surroundings.variables(), surroundings.isColoured(options.color));
        boolean isFull =
                options.ui == OutputOptions.Ui.full || (options.ui == OutputOptions.Ui.auto && screen.isLikely());
        return isFull && surroundings.terminal() && !options.isJson()
                ? live(screen, asked, details, pace)
                : lines(asked, details, pace);
    }

    /** Shows it line by line. */
    RunListener lines(TextLines.Asked asked, boolean details, Pace pace) {
        return options.isJson()
                ? new JsonLines(surroundings.output(), surroundings.clock())
                : text(surroundings.output(), surroundings.messages(), asked, details, pace);
    }

    private RunListener text(
            PrintStream output, PrintStream messages, TextLines.Asked asked, boolean details, Pace pace) {
        return new TextLines(
                surroundings.page(output, options.color, 1),
                surroundings.page(messages, options.color, 2),
                asked,
                details,
                pace);
    }

    /** What a library or a plugin prints would stand in the middle of the screen. */
    private RunListener live(FullScreen screen, TextLines.Asked asked, boolean details, Pace pace) {
        var curtain = new HeldPrints();
        var messages = curtain.before(surroundings.messages());
        System.setOut(messages);
        System.setErr(messages);
        var lines = text(curtain.before(surroundings.output()), messages, asked, details, pace);
        return new LiveRun(screen, lines, curtain, pace::now);
    }
}
