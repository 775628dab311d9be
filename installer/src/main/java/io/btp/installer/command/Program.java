package io.btp.installer.command;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.ExitCode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs commands. */
final class Program {
    /** Commands that look at others, or run them. */
    private static final Set<Class<?>> ALL =
            Set.of(WizardCommand.class, CompletionCommand.class, CommandLine.HelpCommand.class);

    private Program() {}

    static int run(Surroundings surroundings, String... arguments) {
        return run(surroundings, Opening.of(surroundings), arguments);
    }

    /**
     * Runs one command.
     *
     * @param shown the screen that may be shown by now; it is left at the end
     * @return its exit code
     */
    static int run(Surroundings surroundings, Opening shown, String... arguments) {
        try (var opening = shown) {
            return run(
                    surroundings,
                    Guice.createInjector(Stage.PRODUCTION, new ProgramModule(surroundings, opening)),
                    arguments);
        }
    }

    private static int run(Surroundings surroundings, Injector injector, String... arguments) {
        var command = arguments.length == 0 && surroundings.terminal() ? new String[] {"wizard"} : arguments;
        return commandLine(surroundings, injector, needed(command)).execute(command);
    }

    /** A command is made with all that it is made of, which takes time: one that looks at no other is made alone. */
    private static List<Class<?>> needed(String... words) {
        return BtpCommand.COMMANDS.stream()
                .filter(command -> words.length > 0 && words[0].equals(name(command)) && !ALL.contains(command))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(BtpCommand.COMMANDS);
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(CommandLine.Command.class).name();
    }

    /** Makes the program with these of its commands. */
    static CommandLine commandLine(
            Surroundings surroundings, Injector injector, Collection<? extends Class<?>> commands) {
        var factory = new Commands(injector);
        var program = new CommandLine(BtpCommand.class, factory);
        commands.forEach(command -> program.addSubcommand(new CommandLine(command, factory)));
        return program.setOut(surroundings.outputWriter())
                .setErr(surroundings.messagesWriter())
                .setDefaultValueProvider(new OptionVariables(surroundings.variables()))
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> failed(surroundings, failure));
    }

    /** Commands come from Guice; collections and the like from picocli itself. */
    private record Commands(Injector injector) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.getPackage() == Program.class.getPackage() && Callable.class.isAssignableFrom(type)
                    ? injector.getInstance(type)
                    : CommandLine.defaultFactory().create(type);
        }
    }

    private static int failed(Surroundings surroundings, Exception failure) {
        if (failure instanceof ProviderException expected) {
            surroundings.messagesPage(CommonOptions.Color.auto).print(PlanText.problem(expected.problem(), ""));
            return ExitCode.USAGE;
        }
        surroundings.messages().println("Internal error: " + failure);
        return ExitCode.INTERNAL;
    }
}
