package io.btp.installer.screen;

import io.btp.installer.screen.Frame.Line;
import java.util.ArrayList;
import java.util.List;

/** The last line of a screen: which keys do something now. */
public final class KeyLine {
    private static final String GAP = "  ";

    private KeyLine() {}

    /**
     * Shows as many as fit, without cutting one in half. Help and the way out are never left out: without them nobody finds the
     * others.
     *
     * @param keys each with what it does, for example {@code F1 help}; the most important first
     */
    public static Line of(int columns, List<String> keys) {
        var shown = new ArrayList<>(keys);
        while (SafeText.columns(text(shown)) > columns) {
            int last = shown.size() - 1;
            while (last >= 0 && isNeeded(shown.get(last))) {
                last--;
            }
            if (last < 0) {
                break;
            }
            shown.remove(last);
        }
        return Line.of(Role.PLAIN, SafeText.cut(text(shown), columns));
    }

    private static boolean isNeeded(String key) {
        return key.startsWith("F1 ") || key.startsWith("Ctrl-C ");
    }

    private static String text(List<String> keys) {
        return " " + String.join(GAP, keys);
    }
}
