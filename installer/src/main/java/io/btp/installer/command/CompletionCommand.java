package io.btp.installer.command;

import com.google.inject.Inject;
import io.btp.installer.engine.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = {
            "Prints a script that lets your shell complete commands and options.",
            "",
            "Example: source <(btp completion bash)",
            "Example: source <(btp completion zsh)",
            "Example: btp completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {
    /** Shells that can complete. */
    enum Shell {
        /** The Bourne-again shell. */
        bash,
        /** The Z shell; takes bash's script by its own bashcompinit. */
        zsh,
        /** The friendly interactive shell. */
        fish
    }

    private final Surroundings surroundings;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "bash|zsh|fish", description = "your shell")
    private Shell shell = Shell.bash;

    @Inject
    CompletionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var program = spec.root().commandLine();
        var script = switch (shell) {
            case bash, zsh -> AutoComplete.bash(program.getCommandName(), program);
            case fish -> FishCompletion.script(program);
        };
        surroundings.output().print(script);
        return ExitCode.DONE;
    }
}
