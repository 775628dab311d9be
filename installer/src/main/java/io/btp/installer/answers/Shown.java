package io.btp.installer.answers;

/** Shows what the user wrote, cut and without control characters. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String quoted(String text) {
        return "\"" + cut(text) + "\"";
    }

    static String cut(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(it -> Character.isISOControl(it) ? ' ' : it)
                .forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "…" : shown.toString();
    }
}
