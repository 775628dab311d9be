package io.btp.installer.command;

import picocli.CommandLine.Option;

/** Options that every command takes which prints results. Filled by picocli. */
class OutputOptions {
    /** How results are printed. */
    enum Output {
        /** For people. */
        text,
        /** NDJSON events. */
        json
    }

    /** Whether text has colours. */
    enum Color {
        /** Where a terminal is, unless {@code NO_COLOR} is set. */
        auto,
        /** Everywhere. */
        always,
        /** Nowhere. */
        never
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "colours: on a terminal unless NO_COLOR is set, always or never")
    Color color = Color.auto;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "how results are printed: text for people, json as NDJSON events")
    Output output = Output.text;

    /** What a person at a terminal sees, and how they are asked. */
    enum Ui {
        /** The whole screen where the terminal can show it, lines elsewhere. */
        auto,
        /** The whole screen. */
        full,
        /** Line by line. */
        line,
        /** Lines, and no questions. */
        plain
    }

    @Option(
            names = "--ui",
            paramLabel = "auto|full|line|plain",
            description =
                    "on a terminal: the whole screen where it can be shown (auto), the whole screen, line by line, or lines"
                            + " without questions")
    Ui ui = Ui.auto;

    @Option(
            names = {"-v", "--verbose"},
            description = "show everything: unchanged components, all fields, where each answer came from")
    boolean verbose;

    boolean isJson() {
        return output == Output.json;
    }
}
