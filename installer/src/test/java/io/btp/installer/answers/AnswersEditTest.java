package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changes keep comments, order and every other answer. */
class AnswersEditTest {
    private static final String FILE = """
            # Ours; ask Ann before you change it.
            apiVersion: installer.btp/v1
            installation: {name: acme, domain: btp.acme.example} # the one in Bonn

            dataPlane:   # both parts
              mode: kubernetes
              redis: { mode: kubernetes, provider: valkey }
              # PostgreSQL is not ours
              postgres:
                mode: byo
                host: "db.acme.example" # behind the proxy
                password: ${env:PASSWORD}

            objectStore:
            identity:
              mode: disabled
            platform:
              values:
                note: |
                  two
                  lines
              version: 8.0.0
            # end""";

    private static String edited(String path, String yaml) {
        var edit = new AnswersEdit(FILE);
        edit.set(path, yaml);
        return edit.text();
    }

    private static String dropped(String path) {
        var edit = new AnswersEdit(FILE);
        edit.drop(path);
        return edit.text();
    }

    @Test
    void changesAValueAndKeepsTheCommentBehindIt() {
        assertThat(edited("dataPlane.postgres.host", "10.0.0.7"))
                .isEqualTo(FILE.replace("\"db.acme.example\"", "10.0.0.7"));
        assertThat(edited("installation.name", "beta")).isEqualTo(FILE.replace("name: acme", "name: beta"));
    }

    @Test
    void addsAKeyWhereItsSiblingsStand() {
        assertThat(edited("dataPlane.postgres.port", "5433"))
                .isEqualTo(FILE.replace("${env:PASSWORD}\n", "${env:PASSWORD}\n    port: 5433\n"));
        assertThat(edited("dataPlane.redis.storage", "8Gi"))
                .isEqualTo(FILE.replace("provider: valkey }", "provider: valkey, storage: 8Gi }"));
        assertThat(edited("platform.chart.file", "\"a b\""))
                .isEqualTo(FILE.replace("version: 8.0.0\n", "version: 8.0.0\n  chart:\n    file: \"a b\"\n"));
    }

    @Test
    void addsBelowAKeyThatSaidNothing() {
        assertThat(edited("objectStore.mode", "byo"))
                .isEqualTo(FILE.replace("objectStore:\n", "objectStore:\n  mode: byo\n"));
        assertThat(edited("edge.ingress.mode", "byo"))
                .endsWith("version: 8.0.0\nedge:\n  ingress:\n    mode: byo\n# end");
    }

    @Test
    void replacesWholeBlocks() {
        assertThat(edited("platform.values", "{note: one}"))
                .isEqualTo(FILE.replace("note: |\n      two\n      lines", "{note: one}"));
        assertThat(edited("platform.values.note", "one")).isEqualTo(FILE.replace("|\n      two\n      lines", "one"));
    }

    @Test
    void takesAnswersOutOfForceAndKeepsThemAsComments() {
        assertThat(dropped("dataPlane.postgres.host")).isEqualTo(FILE.replace("    host: \"db", "    # host: \"db"));
        assertThat(dropped("platform.values"))
                .isEqualTo(FILE.replace(
                        "  values:\n    note: |\n      two\n      lines",
                        "  # values:\n    # note: |\n      # two\n      # lines"));
        assertThat(dropped("dataPlane.redis.mode")).isEqualTo(FILE.replace("{ mode: kubernetes, ", "{ "));
        assertThat(dropped("dataPlane.redis.provider")).isEqualTo(FILE.replace(", provider: valkey", ""));
        assertThat(dropped("edge.ingress")).isEqualTo(FILE);
    }

    @Test
    void beginsAFileThatHasNothingButComments() {
        var edit = new AnswersEdit("# nothing yet");
        edit.set("installation.name", "acme");
        edit.set("installation.domain", "btp.acme.example");
        assertThat(edit.text()).isEqualTo("# nothing yet\ninstallation:\n  name: acme\n  domain: btp.acme.example\n");
    }

    @Test
    void saysWhatWasSaidAndLosesNothingElseWhateverTheOrder() {
        var random = new Random(20261128);
        for (int round = 0; round < 300; round++) {
            var edit = new AnswersEdit(FILE);
            var said = new java.util.LinkedHashMap<String, String>();
            for (int change = 0; change < 6; change++) {
                var path = randomPath(random);
                // What stands below what was set before, or above it, is another answer to the same key.
                said.keySet().removeIf(it -> it.startsWith(path + ".") || path.startsWith(it + "."));
                said.put(path, randomValue(random));
                edit.set(path, said.get(path));
            }
            var tree = Samples.tree(edit.text());
            said.forEach((path, yaml) ->
                    assertThat(tree.at(path)).as(path + " in\n" + edit.text()).contains(yaml));
            assertThat(edit.text())
                    .contains(
                            "# Ours; ask Ann",
                            "# the one in Bonn",
                            "# both parts",
                            "# PostgreSQL is not ours",
                            "# end");
            for (var key : List.of("installation.domain", "dataPlane.mode", "identity.mode")) {
                if (said.keySet().stream().noneMatch(it -> key.equals(it) || key.startsWith(it + "."))) {
                    assertThat(tree.at(key))
                            .as(key)
                            .isEqualTo(Samples.tree(FILE).at(key));
                }
            }
        }
    }

    private static String randomPath(Random random) {
        var known = List.of(
                "installation.name",
                "dataPlane.redis.mode",
                "dataPlane.redis.chart.file",
                "dataPlane.postgres.host",
                "dataPlane.postgres.tls.mode",
                "objectStore.mode",
                "objectStore.uses.a.port",
                "platform.values.note",
                "platform.values",
                "edge.zone.name",
                "new");
        return known.get(random.nextInt(known.size()));
    }

    private static String randomValue(Random random) {
        var values = new ArrayList<>(List.of("word", "5", "true", "\"# no comment\"", "\"a: b\"", "[a, \"b c\"]"));
        values.add("{inner: \"}\"}");
        return values.get(random.nextInt(values.size()));
    }
}
