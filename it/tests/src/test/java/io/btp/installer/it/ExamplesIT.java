package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the package can be used as they are. */
class ExamplesIT {
    @TempDir
    private Path folder;

    static List<Path> examples() throws IOException {
        try (var files = Files.list(Program.home().resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isValid(Path example) {
        var result = new Program(folder).run("answers", "validate", "-f", example.toString());

        assertThat(result.code()).as(result::words).isZero();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void fitsTheSchemaThatEditorsUse(Path example) throws IOException {
        var answers = Files.readString(example);

        var schema = schema();
        assertThat(schema.validate(answers, InputFormat.YAML)).isEmpty();
        assertThat(schema.validate(answers + "\nsurprise: {}\n", InputFormat.YAML))
                .as("a key that nobody asks")
                .isNotEmpty();
        assertThat(schema.validate(answers.replace("apiVersion: installer.btp/v1", "apiVersion: v0"), InputFormat.YAML))
                .as("another version")
                .isNotEmpty();
        assertThat(schema.validate(answers.replace("mode:", "mood:"), InputFormat.YAML))
                .as("a key that is misspelt")
                .isNotEmpty();
    }

    private Schema schema() {
        var result = new Program(folder).run("answers", "schema");
        assertThat(result.code()).as(result::words).isZero();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(result.output(), InputFormat.JSON);
    }
}
