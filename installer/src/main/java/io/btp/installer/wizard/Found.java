package io.btp.installer.wizard;

import io.btp.installer.screen.SafeText;
import java.util.List;

/** What was found, in words. */
public final class Found {
    private Found() {}

    /**
     * Names answers that were found, on one line; whatever they hold does nothing to a terminal.
     *
     * @param answers the best one first
     * @param most how many are named
     */
    public static String line(List<String> answers, int most) {
        var named =
                String.join(", ", answers.stream().limit(most).map(SafeText::of).toList());
        int more = answers.size() - most;
        return "found: " + named + (more > 0 ? " and " + more + " more" : "");
    }
}
