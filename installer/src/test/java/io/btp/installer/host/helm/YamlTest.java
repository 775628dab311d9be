package io.btp.installer.host.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
    private static Object scalar(String text) {
        return requireNonNull(Yaml.object("it: " + text).orElseThrow().get("it"));
    }

    @ParameterizedTest
    @CsvSource({
        "0400, 256",
        "0555, 365",
        "0o17, 15",
        "0x1F, 31",
        "0b101, 5",
        "-010, -8",
        "089, 89",
        "0, 0",
        "12, 12",
        "+7, 7",
        "1_000, 1000"
    })
    void readsNumbersAsHelmDoes(String text, int number) {
        assertThat(scalar(text)).isEqualTo(number);
    }

    @Test
    void keepsNumbersThatAreLong() {
        assertThat(scalar("8589934592")).isEqualTo(8589934592L);
        assertThat(scalar("18446744073709551615")).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(scalar("0.5")).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "On, true", "TRUE, true", "y, true", "no, false", "Off, false", "FALSE, false", "n, false"
    })
    void readsWordsForTruthAsHelmDoes(String text, boolean truth) {
        assertThat(scalar(text)).isEqualTo(truth);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yEs", "0x", "1.2.3", "10Gi", "_1", "12:30:45", "2026-01-02"})
    void leavesOtherTextsAlone(String text) {
        assertThat(scalar(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0400", "yes", "12", "null"})
    void leavesQuotedTextsAlone(String text) {
        assertThat(scalar("\"" + text + "\"")).isEqualTo(text);
        assertThat(scalar("'" + text + "'")).isEqualTo(text);
    }

    @Test
    void readsEachDocumentThatIsAnObject() {
        assertThat(Yaml.objects("---\n# nothing\n---\na: 1\n---\nb: ~\n"))
                .containsExactly(Map.of("a", 1), Collections.singletonMap("b", null));
    }

    @Test
    void mergesWhatAnAnchorNames() {
        assertThat(Yaml.object("a: &a {x: 1}\nb: {<<: *a, z: [1, 2]}").orElseThrow())
                .containsEntry("b", Map.of("x", 1, "z", List.of(1, 2)));
    }

    @Test
    void saysThatATextIsNotYaml() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Yaml.objects("a: [1"))
                .withMessageStartingWith("not YAML");
    }
}
