package io.btp.installer.command;

import io.btp.installer.terminal.FullScreen;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The whole screen of a person's terminal, taken for the wizard before anything else is loaded, so that somebody who types
 * {@code btp} sees at once that it is there. What is printed while it is shown is held back, and stands in the normal screen
 * afterwards.
 */
final class Opening implements AutoCloseable {
    /** Who says how it is to be shown gets what they say, once all options have been read. */
    private static final List<String> OPTIONS = List.of("--ui", "--color", "--output", "--help", "-o", "-h");

    private static final List<String> VARIABLES = List.of("BTP_UI", "BTP_COLOR", "BTP_OUTPUT");

    private final FullScreen screen;
    private final HeldPrints curtain = new HeldPrints();

    private Opening(FullScreen screen) {
        this.screen = screen;
    }

    /** Takes nothing before it is asked to. */
    static Opening of(Surroundings surroundings) {
        return new Opening(new FullScreen(surroundings.variables(), surroundings.isColoured(CommonOptions.Color.auto)));
    }

    /** Shows the first frame, where these words lead to the wizard and this terminal can show it. */
    void show(Surroundings surroundings, String... words) {
        var isWizard = words.length == 0 || words[0].equals("wizard");
        var isAsOthers = Stream.of(words).noneMatch(word -> OPTIONS.stream().anyMatch(word::startsWith))
                && VARIABLES.stream().noneMatch(surroundings.variables()::containsKey);
        if (!isWizard || !isAsOthers || !surroundings.terminal() || !screen.isLikely()) {
            return;
        }
        curtain.draw();
        try {
            screen.begin();
        } catch (IOException gone) {
            LoggerFactory.getLogger(Opening.class).debug("the terminal cannot be used", gone);
            close();
        }
    }

    /** Gives the same surroundings, whose streams are held back while the screen is shown. */
    Surroundings before(Surroundings found) {
        return new Surroundings(
                found.variables(),
                found.folder(),
                curtain.before(found.output()),
                curtain.before(found.messages()),
                found.terminal(),
                found.clock(),
                found.random(),
                found.program(),
                found.version());
    }

    FullScreen screen() {
        return screen;
    }

    HeldPrints curtain() {
        return curtain;
    }

    /** Leaves the screen, if it is shown, and prints what was held back. */
    @Override
    public void close() {
        screen.leave();
        curtain.open();
    }
}
