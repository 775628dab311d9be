package io.btp.installer.screen;

/**
 * The marks of a screen, in characters that it can show.
 *
 * @param rule fills a line
 * @param focus begins the line that keys go to
 * @param chosen marks the one of several that is chosen
 * @param good begins what went well
 * @param bad begins what is wrong
 * @param waiting begins what has not begun
 * @param hidden stands for each character of a secret
 * @param full fills the part of a bar that is done
 * @param empty fills the rest
 */
public record Glyphs(
        String rule,
        String focus,
        String chosen,
        String good,
        String bad,
        String waiting,
        String hidden,
        String full,
        String empty) {
    /** Gives those of a terminal that shows Unicode. */
    public static Glyphs unicode() {
        return new Glyphs("─", "▸", "(•)", "✓", "✗", "·", "•", "█", "░");
    }

    /** Gives those that every terminal shows. */
    public static Glyphs ascii() {
        return new Glyphs("-", ">", "(*)", "+", "x", ".", "*", "#", ".");
    }

    /** Begins a line of items, of which one has the keys. */
    public Frame.Run mark(boolean isFocus) {
        return new Frame.Run(isFocus ? " " + focus + " " : "   ", Role.ACCENT);
    }

    /** Gives all marks that are not in ASCII: whoever cannot show them is given the others. */
    public static String all() {
        return String.join("", unicode().values());
    }

    private String[] values() {
        return new String[] {rule, focus, chosen, good, bad, waiting, hidden, full, empty};
    }
}
