package io.btp.installer.screen;

/** What a piece of text is; whoever paints gives it a look. Nothing is said by a look alone. */
public enum Role {
    PLAIN,
    TITLE,
    ACCENT,
    GOOD,
    WARNING,
    BAD,
    /** Where keys go. */
    FOCUS
}
