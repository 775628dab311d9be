package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlaysTest {
    private static final String FILE = Samples.HEAD + """
            dataPlane:
              postgres: {mode: byo, host: file.example, port: 1111, password: "${env:P}"}
            """;

    @TempDir
    Path folder;

    private static BoundAnswers bind(Map<String, String> environment, UnaryOperator<Overlays> options) {
        return Samples.binder().bind(Samples.tree(FILE).with(options.apply(Overlays.of(environment))));
    }

    private static String where(BoundAnswers bound, String path) {
        return bound.origins().stream()
                .filter(it -> it.path().equals(path))
                .map(it -> it.shown() + " from " + it.where())
                .findFirst()
                .orElse("not in force");
    }

    @Test
    void optionsGoBeforeTheEnvironmentBeforeTheFileBeforeDefaults() {
        var environment = Map.of(
                "BTP_ANSWERS__dataPlane__postgres__host", "environment.example",
                "BTP_ANSWERS__dataPlane__postgres__port", "2222",
                "BTP_PARALLELISM", "4");
        var bound = bind(environment, it -> it.set("dataPlane.postgres.host=option.example"));
        assertThat(where(bound, "dataPlane.postgres.host"))
                .isEqualTo("option.example from --set dataPlane.postgres.host");
        assertThat(where(bound, "dataPlane.postgres.port"))
                .isEqualTo("2222 from BTP_ANSWERS__dataPlane__postgres__port");
        assertThat(where(bound, "dataPlane.postgres.mode")).isEqualTo("byo from btp.yaml:4:20");
        assertThat(where(bound, "dataPlane.postgres.tls.mode")).isEqualTo("require from default");
        assertThat(where(bound, "dataPlane.postgres.password")).isEqualTo("\"${env:P}\" from btp.yaml:4:67");
        assertThat(Samples.configuration(bound, Slots.POSTGRES))
                .containsEntry("host", "option.example")
                .containsEntry("port", 2222);
    }

    @Test
    void aLaterOptionWins() {
        var bound = bind(Map.of(), it -> it.set("dataPlane.postgres.port=1").set("dataPlane.postgres.port=2"));
        assertThat(Samples.configuration(bound, Slots.POSTGRES)).containsEntry("port", 2);
    }

    @Test
    void setsWholeMappingsAndListsInFlowStyle() {
        var bound = bind(Map.of(), it -> it.set("connection={noProxy: [a.example, b.example]}"));
        assertThat(bound.installation().connection().noProxy()).containsExactly("a.example", "b.example");
    }

    @Test
    void nothingTakesAnAnswerBack() {
        var bound = bind(Map.of(), it -> it.set("dataPlane.postgres.port="));
        assertThat(where(bound, "dataPlane.postgres.port")).isEqualTo("5432 from default");
    }

    @Test
    void aDotWithinAKeyIsEscaped() {
        var bound = bind(Map.of(), it -> it.set("dataPlane.redis.values.node\\.kubernetes\\.io/pool=blue"));
        assertThat(Samples.chosen(bound, Slots.REDIS).values()).isEqualTo(Map.of("node.kubernetes.io/pool", "blue"));
    }

    @Test
    void aFileIsTextForATextAndAReferenceForASecret() throws Exception {
        Files.writeString(folder.resolve("host"), "from.file.example\n");
        Files.writeString(folder.resolve("password"), "s3cr3t\n");
        var bound = bind(
                Map.of(),
                it -> it.setFile("dataPlane.postgres.host=host", folder)
                        .setFile("dataPlane.postgres.password=password", folder));
        var configuration = Samples.configuration(bound, Slots.POSTGRES);
        assertThat(configuration).containsEntry("host", "from.file.example");
        assertThat(configuration.get("password"))
                .isInstanceOfSatisfying(
                        Secret.class, secret -> assertThat(secret.reveal()).isEqualTo("s3cr3t"));
        assertThat(bound.canonical()).contains("password: \"${file:" + folder.resolve("password") + "}\"");
    }

    @Test
    void problemsNameTheirSource() {
        var environment = Map.of("BTP_ANSWERS__dataPlane__postgres__hots", "x", "BTP_ANSWERS__cluster__mode", "[");
        assertThatThrownBy(() -> bind(
                        environment,
                        it -> it.set("dataPlane.postgres.password=hunter2")
                                .set("dataPlane.postgres.host.name=x")
                                .set("hunter2")
                                .set("a..b=hunter2")
                                .setFile("dataPlane.postgres.tls.mode=absent", folder)))
                .isInstanceOfSatisfying(
                        InvalidAnswers.class,
                        invalid -> assertThat(Samples.lines(invalid))
                                .anyMatch(
                                        it -> it.startsWith(
                                                "BTP_ANSWERS__dataPlane__postgres__hots: dataPlane.postgres.hots is not a known key; did you mean \"host\"?"))
                                .anyMatch(it -> it.startsWith("BTP_ANSWERS__cluster__mode: the text is not YAML"))
                                .anyMatch(
                                        it -> it.startsWith(
                                                "--set dataPlane.postgres.password: dataPlane.postgres.password is written out"))
                                .anyMatch(
                                        it -> it.startsWith(
                                                "--set dataPlane.postgres.host.name: dataPlane.postgres.host.name cannot be set: dataPlane.postgres.host is no mapping (btp.yaml:4:31)"))
                                .anyMatch(it -> it.startsWith("--set : has no key and value"))
                                .anyMatch(it -> it.startsWith("--set a..b: a part of the key is empty"))
                                .anyMatch(
                                        it -> it.startsWith(
                                                "--set-file dataPlane.postgres.tls.mode: dataPlane.postgres.tls.mode cannot be read (NoSuchFileException)"))
                                .noneMatch(it -> it.contains("hunter2")));
    }

    @Test
    void everythingCanBeGivenWithoutAFile() {
        var tree = AnswersTree.empty(folder)
                .with(Overlays.of(Map.of("BTP_ANSWERS__installation", "{name: acme, domain: btp.acme.example}")));
        assertThat(Samples.binder().bind(tree).installation().name()).isEqualTo("acme");
        assertThat(tree.installationName()).contains("acme");
    }
}
