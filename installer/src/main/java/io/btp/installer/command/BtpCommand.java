package io.btp.installer.command;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program itself: without a command it opens the wizard on a terminal, and says elsewhere what it can do. */
@Command(
        name = "btp",
        description = "Installs the BTP platform and its dependencies, and later shows, repairs and removes them.",
        footer = {
            "",
            "Let it guide you:          btp",
            "Try it without a cluster:  btp install --sandbox --yes",
            "With an answers file:      btp plan -f btp.yaml, then btp install -f btp.yaml",
            "",
            "Exit codes: 0 done, 1 internal error, 2 usage, 3 answers invalid, 4 checks failed, 5 a step failed, "
                    + "6 not converged, 7 locked, 8 plugin refused, 9 drift or changes pending, 130 interrupted."
        })
final class BtpCommand {
    /** All commands, in the order of the help. */
    static final List<Class<?>> COMMANDS = List.of(
            WizardCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            InstallCommand.class,
            UpgradeCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            UninstallCommand.class,
            AnswersCommand.class,
            PluginsCommand.class,
            LockCommand.class,
            HistoryCommand.class,
            ReplayCommand.class,
            CompletionCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this")
    private boolean help;
}
