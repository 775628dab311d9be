package io.btp.installer.wizard;

import java.util.List;

/** What was found, in words. */
public final class Found {
    private Found() {}

    /**
     * Names answers that were found, on one line.
     *
     * @param answers as {@link Questionnaire#offered} gives them
     * @param most how many are named
     */
    public static String line(List<String> answers, int most) {
        var named = String.join(", ", answers.stream().limit(most).toList());
        int more = answers.size() - most;
        return "found: " + named + (more > 0 ? " and " + more + " more" : "");
    }
}
