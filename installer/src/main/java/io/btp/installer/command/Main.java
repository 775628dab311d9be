package io.btp.installer.command;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.btp.installer.api.ProviderException;
import io.btp.installer.engine.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** The entry point of the program. */
public final class Main {
    private Main() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String... arguments) {
        // Java itself sends no password to a proxy for HTTPS unless told to; read once, before the first connection.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        var surroundings = Surroundings.ofThisProcess();
        // Standard output belongs to the command: what a library or a plugin prints is no part of it.
        System.setOut(System.err);
        Departure.watch(surroundings.messages()).leave(run(surroundings, arguments));
    }

    static int run(Surroundings surroundings, String... arguments) {
        var injector = Guice.createInjector(Stage.PRODUCTION, new ProgramModule(surroundings));
        var command = arguments.length == 0 && surroundings.terminal() ? new String[] {"wizard"} : arguments;
        return commandLine(surroundings, injector).execute(command);
    }

    static CommandLine commandLine(Surroundings surroundings, Injector injector) {
        return new CommandLine(BtpCommand.class, new Commands(injector))
                .setOut(surroundings.outputWriter())
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
            return type.getPackage() == Main.class.getPackage() && Callable.class.isAssignableFrom(type)
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
