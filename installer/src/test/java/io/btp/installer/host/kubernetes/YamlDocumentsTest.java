package io.btp.installer.host.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

class YamlDocumentsTest {
    private static List<@Nullable Object> read(String text) {
        return YamlDocuments.read(
                LoadSettings.builder().setMaxAliasesForCollections(200).build(), text);
    }

    @Test
    void readsAliasesOfWhatStandsBefore() {
        assertThat(read("a: &a {b: 1}\nc: [*a, *a]\n---\nd: 2\n"))
                .containsExactly(
                        Map.of("a", Map.of("b", 1), "c", List.of(Map.of("b", 1), Map.of("b", 1))), Map.of("d", 2));
        assertThat(read("")).isEmpty();
    }

    @Test
    void refusesAliasesThatMultiply() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int level = 1; level < 25; level++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]%n".formatted(level, level - 1));
        }
        assertThatThrownBy(() -> read(bomb.toString())).hasMessageContaining("more than");
    }

    @Test
    void refusesWhatHoldsItself() {
        assertThatThrownBy(() -> read("a: &a [*a]")).hasMessageContaining("alias");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("nested");
    }

    @Test
    void refusesWhatItsReaderStumblesOver() {
        assertThatThrownBy(() -> read("a: \"\\x")).isInstanceOf(YamlEngineException.class);
        assertThatThrownBy(() -> read("a".repeat(1023) + "\ud83d\ud83d\ud83d")).isInstanceOf(YamlEngineException.class);
    }
}
