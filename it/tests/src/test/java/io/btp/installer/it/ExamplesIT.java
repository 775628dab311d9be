package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

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
}
