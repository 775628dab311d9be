package io.btp.installer.wizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersWriterTest {
    private static final String TEXT = """
            # ours
            apiVersion: installer.btp/v1
            installation: {name: acme, domain: btp.acme.example}
            """;
    private static final Draft DRAFT = Draft.empty().with("installation.name", "other");

    @TempDir
    Path folder;

    private Path file;
    private AnswersWriter writer;

    @BeforeEach
    void begin() throws IOException {
        file = Files.writeString(folder.resolve("btp.yaml"), TEXT);
        writer = new AnswersWriter(Walks.questionnaire(TEXT), file);
    }

    @Test
    void writesACopyThatKeepsWhatTheFileSaysAndLeavesTheFileAlone() throws IOException {
        var copy = writer.writeCopy(DRAFT, "test.yaml");

        assertThat(copy).isEqualTo(folder.resolve("test.yaml"));
        assertThat(Files.readString(copy)).isEqualTo(TEXT.replace("acme,", "other,"));
        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    @Test
    void writesACopyOfWhatWasNotChanged() throws IOException {
        assertThat(Files.readString(writer.writeCopy(Draft.empty(), "test.yaml")))
                .isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"btp.yaml", "../test.yaml", "/test.yaml", "sub/test.yaml", ".", ""})
    void writesACopyOnlyAsANewFileBesideTheOther(String name) throws IOException {
        assertThatThrownBy(() -> writer.writeCopy(DRAFT, name))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        refused -> assertThat(refused.problem().remedy()).contains("another name"));
        assertThat(Files.readString(file)).isEqualTo(TEXT);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesACopyOfANameThatIsNone() {
        assertThatThrownBy(() -> writer.writeCopy(DRAFT, "a\0b")).isInstanceOf(ProviderException.class);
    }
}
