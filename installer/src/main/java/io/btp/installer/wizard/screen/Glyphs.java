package io.btp.installer.wizard.screen;

/**
 * The marks of a screen, in characters that it can show.
 *
 * @param rule fills a line
 * @param focus begins the line that keys go to
 * @param chosen marks the one of several that is chosen
 * @param bad begins what is wrong
 * @param hidden stands for each character of a secret
 */
public record Glyphs(String rule, String focus, String chosen, String bad, String hidden) {
    /** Gives those of a terminal that shows Unicode. */
    public static Glyphs unicode() {
        return new Glyphs("─", "▸", "(•)", "✗", "•");
    }

    /** Gives those that every terminal shows. */
    public static Glyphs ascii() {
        return new Glyphs("-", ">", "(*)", "x", "*");
    }
}
