package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.engine.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AnswersCommandTest {
    @TempDir
    private Path folder;

    private final ProgramRun program = new ProgramRun();

    @BeforeEach
    void bundleNoPlugin() throws IOException {
        Files.createDirectories(folder.resolve("program/plugins"));
    }

    @Test
    void writesAFileAndItsSchemaAndNeverOverwritesUnlessForced() throws IOException {
        assertThat(program.run(folder, "answers", "init")).as(program::messages).isZero();
        assertThat(Files.readString(folder.resolve("btp.yaml"))).contains("$schema=./btp.schema.json", "platform:");
        var schema = JsonMapper.builder().build().readTree(Files.readString(folder.resolve("btp.schema.json")));
        assertThat(schema.at("/properties/platform/type").isMissingNode()).isFalse();

        Files.writeString(folder.resolve("btp.yaml"), "precious");
        assertThat(program.run(folder, "answers", "init")).isEqualTo(ExitCode.USAGE);
        assertThat(folder.resolve("btp.yaml")).hasContent("precious");
        assertThat(program.run(folder, "answers", "init", "--force")).isZero();
        assertThat(Files.readString(folder.resolve("btp.yaml"))).doesNotContain("precious");
    }

    @Test
    void explainsOrNamesTheNearestKey() {
        assertThat(program.run(folder, "answers", "explain", "installation.name"))
                .isZero();
        assertThat(program.output()).startsWith("installation.name: name of the installation");

        assertThat(program.run(folder, "answers", "explain", "installation.nam"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(program.output()).contains("did you mean installation.name?");
    }

    @Test
    void endsWithAResult() {
        for (var command : List.of(
                List.of("answers", "explain", "installation"),
                List.of("answers", "schema"),
                List.of("answers", "init"))) {
            var arguments = new java.util.ArrayList<>(command);
            arguments.addAll(List.of("--output", "json"));
            assertThat(program.run(folder, arguments.toArray(String[]::new))).isZero();
            assertThat(program.output().lines().toList().getLast())
                    .as(command.toString())
                    .contains("\"type\":\"result\"");
        }
    }

    @Test
    void migratesNothingAndRefusesVersionsThatItDoesNotKnow() throws IOException {
        var file = folder.resolve("btp.yaml");
        Files.writeString(file, "apiVersion: installer.btp/v1\n");
        assertThat(program.run(folder, "answers", "migrate", "-f", file.toString()))
                .isZero();
        assertThat(program.output()).contains("are of version installer.btp/v1 already");

        Files.writeString(file, "apiVersion: installer.btp/v2\n");
        assertThat(program.run(folder, "answers", "migrate", "-f", file.toString()))
                .isEqualTo(ExitCode.ANSWERS);
        assertThat(program.messages()).contains("installer.btp/v2", "does not know");

        Files.writeString(file, "a: b\n");
        assertThat(program.run(folder, "answers", "migrate", "-f", file.toString()))
                .isEqualTo(ExitCode.ANSWERS);
        assertThat(program.messages()).contains("do not say");
    }
}
