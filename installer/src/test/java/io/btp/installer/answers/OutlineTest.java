package io.btp.installer.answers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Description;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What can be answered: a file to begin with, explanations and the schema. */
class OutlineTest {
    private static final Outline OUTLINE = Outline.of(Samples.providers(), Defaults.standard());

    private static String begun(Map<String, String> modes, boolean everything) {
        return new Beginning(OUTLINE, modes, everything).text("./btp.schema.json");
    }

    /** Fills blanks with the example that stands above them, as a person would. */
    private static String filled(String text) {
        var lines = new ArrayList<String>();
        var example = "";
        for (var line : text.lines().toList()) {
            if (line.strip().startsWith("#   example: ")) {
                example = line.strip().substring("#   example: ".length()).replaceFirst("^[^:]*: ", "");
            }
            var above = lines.isEmpty() ? "" : lines.getLast().strip();
            lines.add(above.startsWith("#   example: ") && line.endsWith(":") ? line + " " + example : line);
        }
        return String.join("\n", lines) + "\n";
    }

    private static Stream<Map<String, String>> choices() {
        return OUTLINE.places().stream()
                .filter(place -> place.slot().isPresent())
                .flatMap(place -> place.ways().stream().map(way -> Map.of(place.path(), way.name())));
    }

    @TestFactory
    Stream<DynamicTest> beginsWithAFileThatIsValidOnceItsBlanksAreFilled() {
        return choices()
                .map(modes -> DynamicTest.dynamicTest(modes.toString(), () -> {
                    var everything = new java.util.HashMap<>(Map.of("dataPlane.postgres", "kubernetes/cloudnative-pg"));
                    everything.putAll(modes);
                    assertThat(Samples.wrong(filled(begun(everything, true)))).isEmpty();
                }));
    }

    @Test
    void leavesRequiredAnswersBlankSoThatNobodyForgetsThem() {
        var text = begun(Map.of("dataPlane.postgres", "byo"), false);

        assertThat(Samples.wrong(text))
                .anyMatch(line -> line.contains("installation.name is missing"))
                .anyMatch(line -> line.contains("dataPlane.postgres.host is missing"))
                .noneMatch(line -> line.contains("not a known key"));
        assertThat(text)
                .contains(
                        "mode: byo",
                        "password: \"${env:BTP_DATA_PLANE_POSTGRES_PASSWORD}\"",
                        "$schema=./btp.schema.json")
                .doesNotContain("identity:");
    }

    @Test
    void refusesAModeThatThereIsNot() {
        assertThatThrownBy(() -> begun(Map.of("dataPlane.postgres", "azure"), false))
                .hasMessageContaining("known are kubernetes/cloudnative-pg");
    }

    @Test
    void explainsKeysPlacesGroupsAndModes() {
        var explanation = new Explanation(OUTLINE);

        assertThat(explanation.of("dataPlane.postgres.port"))
                .contains("dataPlane.postgres.port: port (byo/endpoint)")
                .anyMatch(line -> line.contains("1 to 65535") && line.contains("default 5432"));
        assertThat(explanation.of("dataPlane")).anyMatch(line -> line.startsWith("dataPlane.redis: "));
        assertThat(explanation.of("dataPlane.postgres"))
                .contains("    Adds: nothing")
                .contains("    Adds: 1 pod with a volume, and the operator if missing; usually 7 min");
        assertThat(explanation.of("identity")).contains("  disabled: nobody fills it");
        assertThat(explanation.of("dataPlane.redis.mode")).contains("  kubernetes/valkey (default)");
        assertThat(explanation.of("installation.name")).anyMatch(line -> line.contains("required"));
        assertThat(explanation.of("objectStore.wait")).anyMatch(line -> line.contains("default 1h30m"));
        assertThat(explanation.of("dataPlane.postgres.prt")).isEmpty();
        assertThat(explanation.nearest("dataPlane.postgres.prt")).contains("dataPlane.postgres.port");
    }

    @Test
    void saysOfACostWhatIsKnown() {
        var silent = Description.of("test", "test", "Test", "Tests.");

        assertThat(Explanation.cost(silent)).isEmpty();
        assertThat(Explanation.cost(silent.usually(Duration.ofMinutes(4)))).contains("Usually 4 min");
        assertThat(Explanation.cost(silent.adds("1 pod"))).contains("Adds: 1 pod");
    }

    @Test
    void describesEveryKeyInTheSchema() {
        var schema = new AnswersSchema(OUTLINE).tree();

        assertThat(at(schema, "properties", "apiVersion", "const")).isEqualTo(AnswersTree.API_VERSION);
        assertThat(at(schema, "properties", "installation", "required")).isEqualTo(List.of("name", "domain"));
        assertThat(at(schema, "properties", "objectStore", "properties", "replicas", "maximum"))
                .isEqualTo(9L);
        assertThat(at(schema, "properties", "objectStore", "properties", "class", "enum"))
                .isEqualTo(List.of("small", "large"));
        assertThat(String.valueOf(at(schema, "properties", "objectStore", "properties", "secretKey", "pattern")))
                .contains("|generate");
        assertThat(String.valueOf(at(schema, "properties", "objectStore", "properties", "accessKey", "pattern")))
                .doesNotContain("|generate");
        assertThat(at(schema, "properties", "dataPlane", "properties", "postgres", "properties", "tls", "properties"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("mode", "ca");
    }

    private static Object at(Map<String, Object> schema, String... path) {
        Object here = schema;
        for (var step : path) {
            here = requireNonNull(((Map<?, ?>) here).get(step), step);
        }
        return here;
    }
}
