package io.btp.installer.command;

import picocli.CommandLine.Option;

/** The option of commands that take no other. Filled by picocli. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;
}
