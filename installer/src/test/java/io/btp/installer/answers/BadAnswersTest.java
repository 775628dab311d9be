package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadAnswersTest {
    @TempDir
    Path folder;

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "unknown top key",
                        "dataPlain: {}",
                        "btp.yaml:3:1: dataPlain is not a known key; did you mean \"dataPlane\"?"),
                fault(
                        "unknown slot",
                        "dataPlane: {postgre: {}}",
                        "3:13: dataPlane.postgre is not a known key; did you mean \"postgres\"?"),
                fault(
                        "unknown question",
                        "dataPlane:\n  postgres:\n    mode: byo\n    hots: a.b",
                        "6:5: dataPlane.postgres.hots is not a known key; did you mean \"host\"?"),
                fault(
                        "unknown nested question",
                        "dataPlane: {postgres: {mode: byo, tls: {moda: require}}}",
                        "dataPlane.postgres.tls.moda is not a known key; did you mean \"mode\"?"),
                fault(
                        "key with a dot",
                        "dataPlane: {postgres: {mode: byo, \"tls.mode\": require}}",
                        "dataPlane.postgres.tls.mode is not a known key"),
                fault(
                        "known slot that no plugin fills",
                        "secrets: {mode: kubernetes}",
                        "3:1: secrets is filled by no loaded plugin"),
                fault(
                        "wrong type: text for port",
                        "dataPlane: {postgres: {mode: byo, port: \"5432\"}}",
                        "3:41: dataPlane.postgres.port is the text \"5432\", expected a whole number: 1 to 65535"),
                fault(
                        "number out of bounds",
                        "dataPlane: {postgres: {mode: byo, port: 70000}}",
                        "is the number 70000, expected a whole number: 1 to 65535"),
                fault(
                        "huge number",
                        "dataPlane: {postgres: {mode: byo, port: 99999999999999999999}}",
                        "expected a whole number: 1 to 65535"),
                fault(
                        "mapping for text",
                        "dataPlane: {postgres: {mode: byo, host: {a: b}}}",
                        "dataPlane.postgres.host is a mapping, expected a host name or IP address"),
                fault("list for mapping", "dataPlane: [a]", "3:12: dataPlane is no mapping"),
                fault(
                        "scalar for nested mapping",
                        "dataPlane: {postgres: {mode: byo, tls: on}}",
                        "dataPlane.postgres.tls is no mapping, expected one with ca, mode"),
                fault("list as mode", "cluster: {mode: [byo]}", "cluster.mode is a list, expected a word"),
                fault(
                        "yes is no flag",
                        "objectStore: {mode: byo, public: yes}",
                        "objectStore.public is the text \"yes\", expected true or false"),
                fault(
                        "bad host",
                        "dataPlane: {postgres: {mode: byo, host: \"https://a.b:1\"}}",
                        "expected a host name or IP address, without scheme, port and path"),
                fault(
                        "bad octet",
                        "dataPlane: {postgres: {mode: byo, host: 10.0.0.256}}",
                        "\"10.0.0.256\", expected a host name"),
                fault(
                        "host bits",
                        "objectStore: {mode: byo, cidr: 10.42.0.1/16}",
                        "objectStore.cidr is \"10.42.0.1/16\", expected a network"),
                fault(
                        "bad e-mail",
                        "objectStore: {mode: byo, email: ops}",
                        "objectStore.email is \"ops\", expected an e-mail address"),
                fault(
                        "bad quantity",
                        "objectStore: {mode: byo, size: 20GB}",
                        "objectStore.size is \"20GB\", expected a quantity such as 20Gi"),
                fault(
                        "bad duration",
                        "objectStore: {mode: byo, wait: 10 min}",
                        "objectStore.wait is \"10 min\", expected a duration"),
                fault(
                        "bad URL",
                        "objectStore: {mode: byo, endpoint: {url: s3.acme.example}}",
                        "objectStore.endpoint.url is \"s3.acme.example\", expected an absolute URL"),
                fault(
                        "bad pattern",
                        "objectStore: {mode: byo, region: mars}",
                        "objectStore.region is \"mars\", expected a text that matches"),
                fault(
                        "bad choice",
                        "objectStore: {mode: byo, class: smal}",
                        "objectStore.class is \"smal\", expected one of small, large; did you mean \"small\"?"),
                fault(
                        "text too long",
                        "objectStore: {mode: byo, title: " + "x".repeat(41) + "}",
                        "objectStore.title has 41 characters, expected 0 to 40 characters"),
                fault(
                        "two lines",
                        "objectStore: {mode: byo, title: \"a\\nb\"}",
                        "objectStore.title is \"a b\", expected a text of one line"),
                fault(
                        "scalar for list",
                        "objectStore: {mode: byo, hosts: a}",
                        "objectStore.hosts is the text \"a\", expected a list of texts"),
                fault(
                        "missing answer",
                        "dataPlane:\n  postgres: {mode: byo}",
                        "4:3: dataPlane.postgres.host is missing: host, a host name or IP address | Write for example host: db.acme.example"),
                fault(
                        "unknown mode",
                        "cluster: {mode: bio}",
                        "3:17: cluster.mode is \"bio\", which is no mode of cluster; did you mean \"byo\"?"),
                fault(
                        "unknown provider",
                        "dataPlane: {redis: {mode: kubernetes, provider: valky}}",
                        "dataPlane.redis.provider is \"valky\", which is no provider of dataPlane.redis; did you mean \"valkey\"?"),
                fault(
                        "mode of the group that a slot lacks",
                        "dataPlane: {mode: byo, postgres: {host: a}}",
                        "3:19: dataPlane.mode is \"byo\", which is no mode of dataPlane.redis"),
                fault(
                        "not dispensable",
                        "cluster: {mode: disabled}",
                        "cluster.mode is disabled, but the platform cannot live without Kubernetes cluster"),
                fault(
                        "disabled with keys",
                        "identity: {mode: disabled, issuer: \"https://a.b\"}",
                        "3:28: identity is disabled, so its other keys mean nothing"),
                fault(
                        "keys without a mode",
                        "identity: {issuer: \"https://a.b\"}",
                        "identity.mode is missing: who runs identity provider, one of byo, kubernetes, disabled"),
                fault(
                        "rule",
                        "dataPlane: {postgres: {mode: byo, host: a.b, password: \"${env:P}\", tls: {ca: x.pem}}}",
                        "breaks the rule \"tls.ca only with verify-full\": tls.mode is require"),
                fault(
                        "literal secret",
                        "dataPlane:\n  postgres:\n    mode: byo\n    password: hunter2",
                        "6:15: dataPlane.postgres.password is written out, expected ${env:NAME}"),
                fault(
                        "part of a secret",
                        "dataPlane: {postgres: {mode: byo, password: \"a${env:P}\"}}",
                        "dataPlane.postgres.password is written out"),
                fault(
                        "unknown reference",
                        "dataPlane: {postgres: {mode: byo, password: \"${vault:P}\"}}",
                        "dataPlane.postgres.password is a reference of an unknown kind"),
                fault(
                        "generate where it cannot be",
                        "dataPlane: {postgres: {mode: byo, password: generate}}",
                        "dataPlane.postgres.password cannot be generated"),
                fault(
                        "reference in a text",
                        "dataPlane: {postgres: {mode: byo, host: \"${env:HOST}\"}}",
                        "dataPlane.postgres.host holds ${…}: references stand for whole values of secret questions only"),
                fault(
                        "reference in values",
                        "dataPlane: {redis: {values: {a: [\"x${env:HOST}\"]}}}",
                        "dataPlane.redis.values holds a reference to a secret"),
                fault(
                        "empty key in values",
                        "dataPlane: {redis: {values: {a: }}}",
                        "dataPlane.redis.values holds a key without a value"),
                fault(
                        "URL with a password",
                        "connection: {proxy: \"http://u:p@a.b:1\"}",
                        "connection.proxy holds a user name or password"),
                fault(
                        "CA file that is not there",
                        "connection: {caFile: nowhere.pem}",
                        "connection.caFile cannot be read (NoSuchFileException): /srv/acme/nowhere.pem"),
                fault(
                        "pin that is no digest",
                        "plugins: {trust: {vault: sha256:12}}",
                        "plugins.trust.vault is \"sha256:12\", expected a text that matches"),
                fault(
                        "proxy that is reached by TLS",
                        "connection: {proxy: \"https://p.example:1\"}",
                        "connection.proxy is \"https://p.example:1\", expected a text that matches http://"),
                fault(
                        "half a login",
                        "connection: {proxy: {url: \"http://p.example:1\", username: u}}",
                        "proxy.username and proxy.password are given together or not at all"),
                fault(
                        "login without an address",
                        "connection: {registryMirror: {username: u, password: \"${env:X}\"}}",
                        "registryMirror.registry is missing beside the login"),
                fault(
                        "password of a proxy written out",
                        "connection: {proxy: {url: \"http://p.example:1\", username: u, password: hunter2}}",
                        "connection.proxy.password is written out"),
                fault(
                        "half a login of a chart",
                        "dataPlane: {redis: {chart: {oci: \"oci://a.b/c\", username: u}, version: 1.0.0}}",
                        "username and password are given together or not at all"),
                fault(
                        "chart in two places",
                        "dataPlane: {redis: {chart: {oci: \"oci://a.b/c\", file: x.tgz}}}",
                        "breaks the rule \"one of repository, oci and file\""),
                fault(
                        "chart version that is none",
                        "dataPlane: {redis: {version: \">=1 <2\"}}",
                        "dataPlane.redis.version is \">=1 <2\", expected a text that matches"),
                fault(
                        "duplicate key",
                        "cluster: {mode: byo}\ncluster: {}",
                        "4:1: cluster is there twice, first at btp.yaml:3:1"),
                fault("anchor", "cluster: &c {mode: byo}", "3:10: cluster has an anchor (&name)"),
                fault("alias", "cluster: *c", "3:10: cluster is an alias (*name)"),
                fault("tag", "cluster: {mode: !!str byo}", "cluster.mode has a tag (!name)"),
                fault("key that is no text", "? [a, b]\n: c", "has a key that is no text"),
                fault("tab", "cluster:\n\tmode: byo", "4:1: the text has a tab in the indentation"),
                fault("several documents", "---\ncluster: {}", "3:1: the text begins a second document, expected one"),
                fault(
                        "deep nesting",
                        "cluster: " + "[".repeat(100) + "]".repeat(100),
                        "the text is nested deeper than 64 levels"),
                fault(
                        "open bracket",
                        "cluster: {mode: byo",
                        "the text is not YAML: expected ',' or '}', but got <stream end>"),
                fault(
                        "colon in a plain text",
                        "cluster: a: b",
                        "the text is not YAML: mapping values are not allowed here"),
                fault(
                        "control character",
                        "cluster: a\u0000b",
                        "btp.yaml:3:11: the text holds a character that YAML does not allow (U+0000)"),
                fault("lone surrogate", "cluster: \"\\uD800\"", "cluster is not valid Unicode"));
    }

    private static Arguments fault(String name, String text, String expected) {
        return Arguments.of(name, Samples.HEAD + text + "\n", expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void saysWhatIsWrongAndWhere(String name, String text, String expected) {
        assertThat(Samples.wrong(text))
                .as(name)
                .anySatisfy(line -> assertThat(line).contains(expected));
    }

    @Test
    void tellsWhatIsWrongWithEachOfSeveralThings() {
        assertThat(Samples.wrong(Samples.HEAD + """
                        objectStore:
                          mode: byo
                          uses:
                            loki: {title: logs, pasword: x}
                            keycloak: {title: people, password: literal, server: {port: 1}}
                            grafana:
                            Not_A_Name: {title: x, password: "${env:HOME}"}
                        """))
                .filteredOn(line -> line.contains("uses"))
                .extracting(line -> line.replaceAll("(, expected|; did you mean| \\|).*", ""))
                .containsExactly(
                        "btp.yaml:6:11: objectStore.uses.loki.password is missing: password, ${env:NAME}, ${file:PATH}, ${exec:COMMAND} or ${prompt}",
                        "btp.yaml:6:25: objectStore.uses.loki.pasword is not a known key",
                        "btp.yaml:7:41: objectStore.uses.keycloak.password is written out",
                        "btp.yaml:7:65: objectStore.uses.keycloak breaks the rule \"port 1 is for nobody\": server.port is 1",
                        "btp.yaml:8:13: objectStore.uses.grafana is no mapping",
                        "btp.yaml:9:5: objectStore.uses holds the name \"Not_A_Name\"");
    }

    @Test
    void reportsEverythingAtOnceInTheOrderOfTheFile() {
        assertThat(Samples.wrong("""
                        apiVersion: installer.btp/v0
                        installation: {name: Acme_1}
                        cluster: {mode: bio}
                        cluster: {}
                        dataPlane:
                          postgres: {mode: byo, port: many, nme: x}
                        """))
                .extracting(line -> line.replaceAll("(: |is missing).*", ""))
                .containsExactly(
                        "btp.yaml:1:13",
                        "btp.yaml:2:1",
                        "btp.yaml:2:22",
                        "btp.yaml:3:17",
                        "btp.yaml:4:1",
                        "btp.yaml:6:3",
                        "btp.yaml:6:3",
                        "btp.yaml:6:31",
                        "btp.yaml:6:37");
    }

    @Test
    void askForTheVersionAndTheInstallationOfAnEmptyFile() {
        assertThat(Samples.wrong(""))
                .anyMatch(it -> it.startsWith("btp.yaml: apiVersion is missing"))
                .anyMatch(it -> it.startsWith("btp.yaml: installation.name is missing"));
    }

    @Test
    void refusesTextThatIsNotUtf8AtItsPlace() {
        var latin = "apiVersion: installer.btp/v1\ninstallation: {name: é}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> AnswersFile.parse("btp.yaml", folder, latin))
                .hasMessage("btp.yaml:2:22: the file is not UTF-8 (byte 0xE9)");
    }

    @Test
    void refusesUtf16() {
        assertThatThrownBy(() -> AnswersFile.parse("btp.yaml", folder, "a: b".getBytes(StandardCharsets.UTF_16)))
                .hasMessage("btp.yaml:1:1: the file is UTF-16, expected UTF-8");
    }

    @Test
    void readsPastAByteOrderMark() {
        assertThat(Samples.wrong("\uFEFF" + Samples.HEAD)).isEmpty();
    }

    @Test
    void refusesTwelveMegabytes() throws Exception {
        var file = Files.write(folder.resolve("large.yaml"), new byte[12_000_000]);
        assertThatThrownBy(() -> AnswersFile.read(file)).hasMessageContaining("the file is larger than 1024 KiB");
    }

    @Test
    void refusesAnEndlessFile() {
        assertThatThrownBy(() -> AnswersFile.read(Path.of("/dev/zero")))
                .hasMessageContaining("is larger than 1024 KiB");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatThrownBy(() -> AnswersFile.read(folder.resolve("btp.yaml")))
                .hasMessageEndingWith("btp.yaml: the file is not there");
    }

    @Test
    void refusesAnAliasBomb() {
        var bomb = new StringBuilder(Samples.HEAD + "a0: &a0 [x]\n");
        for (int level = 1; level < 60; level++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(level, level, ("*a" + (level - 1) + ",").repeat(9)));
        }
        assertThatThrownBy(() -> Samples.bind(bomb.toString()))
                .isInstanceOfSatisfying(InvalidAnswers.class, invalid -> {
                    assertThat(invalid.problems()).hasSize(Problems.LIMIT);
                    assertThat(invalid.more()).isPositive();
                    assertThat(Samples.lines(invalid)).anyMatch(it -> it.contains("is an alias (*name)"));
                });
    }

    @Test
    void boundsWhatItSaysOfAFileFullOfFaults() {
        var text = new StringBuilder(Samples.HEAD + "dataPlane:\n  postgres:\n    mode: byo\n");
        for (int key = 0; key < 9000; key++) {
            text.append("    hust").append(key).append(": x\n");
        }
        assertThatThrownBy(() -> Samples.bind(text.toString()))
                .isInstanceOfSatisfying(
                        InvalidAnswers.class,
                        invalid -> assertThat(invalid.more()).isGreaterThan(8_000));
    }

    @Test
    void refusesMoreNodesThanAnybodyWrites() {
        assertThat(Samples.wrong(Samples.HEAD + "hosts: [" + "a,".repeat(30_000) + "]"))
                .anyMatch(it -> it.contains("the text holds more than 20000 keys and values"));
    }

    @Test
    void refusesLongTextsBeforeItMatchesThem() {
        assertThat(Samples.wrong(
                        Samples.HEAD + "dataPlane: {postgres: {mode: byo, host: " + "1.".repeat(500_000) + "}}"))
                .anyMatch(it -> it.contains("dataPlane.postgres.host has 1000000 characters, expected at most 4096"));
    }

    @Test
    void isAProblemWithACauseForEach() {
        assertThatThrownBy(() -> Samples.bind(Samples.HEAD + "a: b\nc: d\n"))
                .isInstanceOfSatisfying(InvalidAnswers.class, invalid -> {
                    assertThat(invalid.problem().reason()).isEqualTo(Problem.Reason.INVALID);
                    assertThat(invalid.problem().summary()).isEqualTo("The answers have 2 problems");
                    assertThat(invalid.problem().causes())
                            .extracting(Problem::summary)
                            .isEqualTo(List.of(
                                    "btp.yaml:3:1: a is not a known key", "btp.yaml:4:1: c is not a known key"));
                });
    }
}
