package io.btp.installer.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins with faults beside one without. */
class PluginsTest {
    private static final String RIGHT =
            PluginDirectory.asking("Question.label(\"size\", \"size\").defaultsTo(\"small\")");

    @TempDir
    private Path folder;

    private Plugins load(PluginDirectory faulty) {
        var good = PluginDirectory.make(folder.resolve("plugins"), "good", "1");
        var trust = Map.of("good", good.digest(), "acme", faulty.digest());
        return Plugins.load(
                folder.resolve("none"),
                List.of(folder.resolve("plugins")),
                new Trust(trust, TrustList.read(folder.resolve("trust.json"))),
                folder.resolve("copies"));
    }

    private void assertNamed(String description, String form, String words) {
        var faulty = PluginDirectory.make(folder.resolve("plugins"), "acme", "1", description, form);

        var plugins = load(faulty);

        assertThat(plugins.loaded())
                .singleElement()
                .satisfies(plugin -> assertThat(plugin.manifest().name()).isEqualTo("good"));
        assertThat(plugins.refused()).singleElement().satisfies(problem -> {
            assertThat(problem.summary())
                    .startsWith("Plugin " + faulty.path() + " could not be started: Provider acme.")
                    .contains(" (in plugin.jar) has a fault: ")
                    .contains(words);
            assertThat(problem.remedy()).isEqualTo("Ask the author of acme 1.0");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw new IllegalStateException(\"bad\");|it cannot say what it is: java.lang.IllegalStateException: bad",
                "throw new StackOverflowError();|it cannot say what it is: java.lang.StackOverflowError",
                "return null;|it cannot say what it is: a null where something has to be"
            })
    void namesTheProviderWhoseFormFails(String form, String words) {
        assertNamed("", form, words);
    }

    @Test
    void namesTheProviderThatCannotSayWhoItIs() {
        assertNamed("if (true) { throw new IllegalStateException(\"bad\"); }", RIGHT, "IllegalStateException: bad");
    }

    @Test
    void namesTheProviderWhoseDefaultNobodyCouldGive() {
        assertNamed(
                "",
                PluginDirectory.asking("Question.integer(\"days\", \"days\").between(1, 9).defaultsTo(10)"),
                "the default of its question days is the number 10, expected a whole number: 1 to 9");
    }

    @Test
    void namesTheProviderThatDescribesItselfDifferently() {
        assertNamed(
                "",
                PluginDirectory.asking("Question.label(\"size\" + System.nanoTime(), \"size\").optional()"),
                "it describes itself differently each time it is asked");
    }
}
