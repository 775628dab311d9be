package io.btp.installer.simulator.client;

/** What an event tells: its type (Normal or Warning), the reason in one word, a sentence, and who says it. */
public record Happening(String type, String reason, String message, String component) {
    public static Happening normal(String component, String reason, String message) {
        return new Happening("Normal", reason, message, component);
    }

    public static Happening warning(String component, String reason, String message) {
        return new Happening("Warning", reason, message, component);
    }
}
