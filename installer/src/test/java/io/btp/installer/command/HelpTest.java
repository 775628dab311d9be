package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import io.btp.installer.engine.ExitCode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HelpTest {
    @TempDir
    private Path folder;

    private final ProgramRun program = new ProgramRun();

    private CommandLine commandLine() {
        var surroundings = program.surroundings(folder);
        return Program.commandLine(
                surroundings,
                Guice.createInjector(new ProgramModule(surroundings, Opening.of(surroundings))),
                BtpCommand.COMMANDS);
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
    }

    /** The help command explains itself. */
    private Stream<CommandLine> ours() {
        return all(commandLine())
                .filter(command -> !(command.getCommandSpec().userObject() instanceof CommandLine.HelpCommand));
    }

    @TestFactory
    Stream<DynamicTest> showsAnExampleOf() {
        return ours().map(command ->
                DynamicTest.dynamicTest(command.getCommandSpec().qualifiedName(), () -> {
                    var name = command.getCommandSpec().qualifiedName();
                    assertThat(command.getUsageMessage())
                            .as(name)
                            .containsPattern("(Example:|cluster:) +(source <\\()?" + name)
                            .contains("--help");
                }));
    }

    @TestFactory
    Stream<DynamicTest> fitsOnEightyColumns() {
        return ours().map(command -> DynamicTest.dynamicTest(
                command.getCommandSpec().qualifiedName(),
                () -> assertThat(command.getUsageMessage().lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))));
    }

    @Test
    void endsWithUsageWhereNoCommandIsGiven() {
        assertThat(program.run(folder)).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages()).contains("Usage: btp", "install");
    }

    @Test
    void offersTheNearestName() {
        assertThat(program.run(folder, "instal")).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages()).contains("btp install");
        assertThat(program.run(folder, "history", "--sandbx")).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages()).contains("--sandbox");
        assertThat(program.run(folder, "lock", "brake")).isEqualTo(ExitCode.USAGE);
        assertThat(program.messages()).contains("lock break");
    }
}
