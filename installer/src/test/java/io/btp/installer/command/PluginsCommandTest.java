package io.btp.installer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.engine.ExitCode;
import io.btp.installer.plugin.PluginDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PluginsCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private PluginDirectory acme;

    @BeforeEach
    void make() {
        acme = PluginDirectory.make(folder.resolve("plugins"), "acme", "1");
    }

    private int run(String... arguments) {
        output.reset();
        messages.reset();
        var surroundings = new Surroundings(
                Map.of(
                        "HOME",
                        folder.toString(),
                        "COLUMNS",
                        "1000",
                        "BTP_PLUGINS_DIR",
                        folder.resolve("plugins").toString()),
                folder,
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(messages, true, StandardCharsets.UTF_8),
                false,
                InstantSource.system(),
                new Random(1),
                folder.resolve("program"),
                "0.1.0");
        return Program.run(surroundings, arguments);
    }

    private JsonNode result() {
        return JsonMapper.builder().build().readTree(output.toString(StandardCharsets.UTF_8));
    }

    private void answers(String more) throws IOException {
        Files.writeString(
                folder.resolve("btp.yaml"),
                "apiVersion: installer.btp/v1\ninstallation: {name: a, domain: a.example}\n" + more);
    }

    @Test
    void refusesThenTrustsThenLoads() {
        assertThat(run("plugins", "list")).isZero();
        assertThat(output.toString()).isEmpty();
        assertThat(messages.toString()).contains("is not trusted yet", "btp plugins trust " + acme.path());
        assertThat(run("plugins", "verify")).isEqualTo(ExitCode.PLUGIN);

        assertThat(run("plugins", "trust", acme.path().toString())).isZero();
        assertThat(output.toString())
                .contains("trusted acme 1.0", acme.digest(), "nothing limits it to that", "namespace:btp-deps");

        assertThat(run("plugins", "list")).isZero();
        assertThat(output.toString()).contains("acme 1.0 (pinned by the user's list", "acme.redis", "dataPlane.redis");
        assertThat(run("plugins", "verify")).isZero();
        assertThat(output.toString()).contains("ok acme 1.0 " + acme.digest());
    }

    @Test
    void endsDocumentsWithAResult() {
        assertThat(run("plugins", "trust", acme.path().toString(), "--output", "json"))
                .isZero();
        assertThat(result().path("type").asString()).isEqualTo("result");
        assertThat(result().at("/plugins/0/digest").asString()).isEqualTo(acme.digest());

        run("plugins", "list", "--output", "json");
        assertThat(result().at("/plugins/0/touches/0").asString()).isEqualTo("namespace:btp-deps");
        assertThat(result().at("/plugins/0/trust").asString()).isEqualTo("pinned-by-user");

        run("plugins", "show", "acme.redis", "--output", "json");
        assertThat(result().at("/providers/0/questions/0/default").asString()).isEqualTo("small");

        run("plugins", "verify", "--output", "json");
        assertThat(result().at("/plugins/0/name").asString()).isEqualTo("acme");
    }

    @Test
    void showsAProvider() {
        run("plugins", "trust", acme.path().toString());

        assertThat(run("plugins", "show", "acme.redis")).isZero();
        assertThat(output.toString())
                .contains(
                        "acme.redis: library 1",
                        "fills dataPlane.redis",
                        "size",
                        "default small",
                        "says that it touches");
    }

    @Test
    void saysWhichIdsThereAre() {
        run("plugins", "trust", acme.path().toString());

        assertThat(run("plugins", "show", "acme.rediss")).isEqualTo(ExitCode.USAGE);
        assertThat(output.toString()).contains("known providers are acme.redis");
    }

    @Test
    void refusesToTrustWhatIsNoPlugin() {
        assertThat(run("plugins", "trust", folder.toString())).isEqualTo(ExitCode.PLUGIN);
        assertThat(messages.toString()).contains("expected one").doesNotContain("Exception");
    }

    @Test
    void refusesEverythingByADamagedList() throws IOException {
        Files.createDirectories(folder.resolve(".config/btp"));
        Files.writeString(folder.resolve(".config/btp/trust.json"), "{");

        assertThat(run("plugins", "list")).isEqualTo(ExitCode.PLUGIN);
        assertThat(messages.toString()).contains("trust.json").doesNotContain("Exception");
    }

    @Test
    void endsWithTheirOwnCodeWhereTheAnswersChooseWhatWasRefused() throws IOException {
        PluginDirectory.make(folder.resolve("program/plugins"), "base", "1");
        answers("dataPlane: {redis: {mode: acme}}\n");

        assertThat(run("answers", "validate", "-f", folder.resolve("btp.yaml").toString()))
                .as(() -> output + "\n" + messages)
                .isEqualTo(ExitCode.PLUGIN);
        assertThat(messages.toString()).contains("btp.yaml:3:27", "no mode of dataPlane.redis", "is not trusted yet");
    }

    @Test
    void endsWithTheirOwnCodeWhereTheAnswersTrustWhatHasChanged() throws IOException {
        answers("plugins: {trust: {acme: \"" + acme.digest() + "\"}}\n");
        acme.tamper();

        assertThat(run("answers", "validate", "-f", folder.resolve("btp.yaml").toString()))
                .as(() -> output + "\n" + messages)
                .isEqualTo(ExitCode.PLUGIN);
        assertThat(messages.toString()).contains("is not what the answers trust");
    }
}
