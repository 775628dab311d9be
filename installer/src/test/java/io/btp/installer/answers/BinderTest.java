package io.btp.installer.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Form;
import io.btp.installer.api.Login;
import io.btp.installer.api.Provider;
import io.btp.installer.api.Slots;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinderTest {
    @TempDir
    Path folder;

    private static Map<String, String> choices(BoundAnswers bound) {
        return bound.chosen().stream()
                .collect(Collectors.toMap(
                        it -> it.provider().slot().path(),
                        it -> it.provider().description().id()));
    }

    @Test
    void fillsWhatNobodyNamesByDefault() {
        assertThat(choices(Samples.bind(Samples.HEAD)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cluster", "byo.kubeconfig",
                        "dataPlane.postgres", "kubernetes.cloudnative-pg",
                        "dataPlane.redis", "kubernetes.valkey",
                        "objectStore", "kubernetes.seaweedfs",
                        "platform", "kubernetes.btp"));
    }

    @Test
    void tellsWhatIsAnsweredToWhomWhateverElseIsMissingOrWrong() {
        var tree = Samples.tree("""
                installation: {name: Acme_1}
                dataPlane: {postgres: {mode: byo, port: 6432, unknown: 1, tls: {mode: perhaps}}}
                objectStore: {mode: nobody}
                """);

        var asked = Samples.binder().asked(tree);

        assertThat(asked)
                .extracting(Asked::path)
                .contains("dataPlane.postgres", "cluster")
                .doesNotContain("objectStore");
        var answers = asked.stream()
                .filter(it -> it.path().equals("dataPlane.postgres"))
                .findFirst()
                .orElseThrow()
                .answers();
        assertThat(answers.find(Samples.PORT)).contains(6432);
        assertThat(answers.find(Samples.ENDPOINT_HOST)).isEmpty();
        assertThat(answers.find(Samples.TLS)).contains("require");
    }

    @Test
    void aPluginsOwnSlotIsFilledOnlyWhenNamed() {
        assertThat(choices(Samples.bind(Samples.HEAD + "cloud: {mode: aws}\n"))).containsEntry("cloud", "aws.account");
        assertThat(choices(Samples.bind(Samples.HEAD + "cloud: {}\n"))).containsEntry("cloud", "aws.account");
    }

    @Test
    void theGroupsModeIsForEachSlotThatSaysNothingElse() {
        var bound = Samples.bind(Samples.HEAD + """
                dataPlane:
                  mode: kubernetes
                  postgres: {provider: zalando}
                observability: {mode: kubernetes, logs: {mode: disabled}}
                """);
        assertThat(choices(bound))
                .containsEntry("dataPlane.postgres", "kubernetes.zalando")
                .containsEntry("dataPlane.redis", "kubernetes.valkey")
                .containsEntry("observability.metrics", "kubernetes.prometheus")
                .doesNotContainKey("observability.logs");
    }

    @Test
    void aProviderAloneChoosesItsMode() {
        assertThat(choices(Samples.bind(Samples.HEAD + "identity: {provider: keycloak}\n")))
                .containsEntry("identity", "kubernetes.keycloak");
    }

    @Test
    void theOnlyProviderIsChosenWhereTheDefaultIsNotLoaded() {
        List<Provider<?, ?>> one = List.of(FakeProvider.of(Slots.SECRETS, "vendor", "safe"));
        var bound = new Binder(one, Samples.references(), Defaults.standard()).bind(Samples.tree(Samples.HEAD));
        assertThat(choices(bound)).containsEntry("secrets", "vendor.safe");
    }

    @Test
    void leavesDnsRecordsToPeopleUnlessTheAnswersSayOtherwise() {
        List<Provider<?, ?>> providers = List.of(
                FakeProvider.of(Slots.RECORDS, "byo", "records"), FakeProvider.of(Slots.RECORDS, "sandbox", "records"));
        var standard = new Binder(providers, Samples.references(), Defaults.standard());
        var sandbox = new Binder(providers, Samples.references(), Defaults.preferring("sandbox"));

        assertThat(choices(standard.bind(Samples.tree(Samples.HEAD)))).containsEntry("edge.records", "byo.records");
        assertThat(choices(standard.bind(Samples.tree(Samples.HEAD + "edge: {records: {mode: disabled}}\n"))))
                .doesNotContainKey("edge.records");
        assertThat(choices(sandbox.bind(Samples.tree(Samples.HEAD)))).containsEntry("edge.records", "sandbox.records");
    }

    @Test
    void asksWhichWhereTheDefaultIsNotLoadedAndThereAreSeveral() {
        List<Provider<?, ?>> two = List.of(
                FakeProvider.of(Slots.SECRETS, "vendor", "safe"),
                FakeProvider.of(Slots.SECRETS, "vendor", "vault"),
                FakeProvider.of(Slots.INGRESS, "one", "a"),
                FakeProvider.of(Slots.INGRESS, "two", "a"));
        assertThatThrownBy(() ->
                        new Binder(two, Samples.references(), Defaults.standard()).bind(Samples.tree(Samples.HEAD)))
                .hasMessageContaining("secrets.provider is missing: what provides secret store, one of safe, vault")
                .hasMessageContaining("edge.ingress.mode is missing: who runs ingress, one of one, two");
    }

    @Test
    void thePreferredModeWinsWhereItHasAProvider() {
        var binder = new Binder(Samples.providers(), Samples.references(), Defaults.preferring("sandbox"));
        assertThat(choices(binder.bind(Samples.tree(Samples.HEAD))))
                .containsEntry("cluster", "sandbox.embedded")
                .containsEntry("dataPlane.postgres", "sandbox.stand-in")
                .containsEntry("dataPlane.redis", "kubernetes.valkey");
        assertThat(binder.conflicts(Samples.tree(Samples.HEAD))).isEmpty();
    }

    @Test
    void namesChoicesAgainstThePreferredMode() {
        var binder = new Binder(Samples.providers(), Samples.references(), Defaults.preferring("sandbox"));
        var tree = Samples.tree(Samples.HEAD + """
                cluster: {mode: byo}
                dataPlane: {postgres: {provider: zalando}, redis: {mode: kubernetes}}
                identity: {mode: disabled}
                """);
        assertThat(binder.conflicts(tree))
                .extracting(AnswerProblem::sentence)
                .containsExactly(
                        "cluster.mode asks for \"byo\", but everything is to be of mode sandbox",
                        "dataPlane.postgres.provider asks for \"zalando\", but everything is to be of mode sandbox");
        assertThat(Samples.binder().conflicts(tree)).isEmpty();
    }

    @Test
    void givesTheShippedChartWhereNothingIsSaid() {
        var redis = Samples.chosen(Samples.bind(Samples.HEAD), Slots.REDIS);
        assertThat(redis.chart()).isEqualTo(redis.provider().description().chart());
        assertThat(redis.pinned()).isFalse();
    }

    private static Optional<Chart> chart(String answers) {
        return Samples.chosen(Samples.bind(Samples.HEAD + "dataPlane: {redis: {" + answers + "}}\n"), Slots.REDIS)
                .chart();
    }

    @Test
    void anotherVersionDropsTheDigestOfTheShippedArchive() {
        assertThat(chart("version: 1.0.0")).contains(Chart.repository("https://valkey.io/charts", "valkey", "1.0.0"));
    }

    @Test
    void aChartIsAShortTextOrAMapping() {
        var digest = "sha256:" + "2".repeat(64);
        assertThat(chart("chart: \"https://mirror.acme.example\""))
                .contains(Chart.repository("https://mirror.acme.example", "valkey", "0.9.0"));
        assertThat(chart("chart: \"oci://r.acme.example/charts/valkey-fork\", version: 2.0.0"))
                .contains(Chart.oci("oci://r.acme.example/charts/valkey-fork", "2.0.0"));
        assertThat(chart("chart: charts/v.tgz")).contains(Chart.file(Path.of("/srv/acme/charts/v.tgz"), "valkey"));
        assertThat(chart("chart: {file: ~/v.tgz, name: fork, digest: \"" + digest + "\"}"))
                .contains(Chart.file(Path.of("/home/ann/v.tgz"), "fork").pinned(digest));
        assertThat(chart("chart: {repository: \"https://m.example\", name: fork}, version: 3.1.0"))
                .contains(new Chart(URI.create("https://m.example"), "fork", Optional.of("3.1.0"), Optional.empty()));
    }

    @Test
    void keepsTheTypesAndTheOrderOfValues() {
        var bound = Samples.bind(Samples.HEAD + """
                dataPlane:
                  redis:
                    values: {z: 1, a: [true, 2.5, "3", 99999999999], m: {k: text}}
                """);
        var values = Samples.chosen(bound, Slots.REDIS).values();
        assertThat(values.keySet()).containsExactly("z", "a", "m");
        assertThat(values)
                .isEqualTo(Map.of("z", 1, "a", List.of(true, 2.5, "3", 99_999_999_999L), "m", Map.of("k", "text")));
    }

    @Test
    void readsTheConnection() throws Exception {
        var pem = "# our own\n-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(anAuthority().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        Files.writeString(folder.resolve("ca.pem"), pem);
        assertThat(connected().installation().connection())
                .isEqualTo(new Connection(
                        Optional.of(URI.create("http://p.example:3128")),
                        List.of(),
                        Optional.of(pem),
                        Optional.of("r.example:5000/m")));
    }

    @Test
    void readsLoginsOfProxyMirrorAndChartAsReferences() {
        var bound = Samples.bind(Samples.HEAD + """
                connection:
                  proxy: {url: "http://p.example:3128", username: walker, password: "${env:PROXY_PASSWORD}"}
                  registryMirror: {registry: r.example/m, username: puller, password: "${file:/run/mirror}"}
                dataPlane: {redis: {chart: {username: reader, password: "${env:CHART_PASSWORD}"}}}
                """);

        var connection = bound.installation().connection();
        assertThat(connection.proxy()).contains(URI.create("http://p.example:3128"));
        assertThat(connection.proxyLogin().map(Login::username)).contains("walker");
        assertThat(connection.registryMirror()).contains("r.example/m");
        assertThat(connection.mirrorLogin().map(Login::username)).contains("puller");
        var chart = Samples.chosen(bound, Slots.REDIS).chart().orElseThrow();
        assertThat(chart.login().map(Login::username)).contains("reader");
        assertThat(chart.location()).hasToString("https://valkey.io/charts");
        assertThat(bound.secrets())
                .containsKeys(
                        "connection.proxy.password",
                        "connection.registryMirror.password",
                        "dataPlane.redis.chart.password");
        assertThat(bound.canonical()).contains("${env:PROXY_PASSWORD}", "${file:/run/mirror}", "${env:CHART_PASSWORD}");
        assertThat(Samples.bind(bound.canonical()).canonical()).isEqualTo(bound.canonical());
    }

    private static X509Certificate anAuthority() throws Exception {
        var store = KeyStore.getInstance(
                Path.of(System.getProperty("java.home"), "lib/security/cacerts").toFile(), "changeit".toCharArray());
        return (X509Certificate) store.getCertificate(store.aliases().nextElement());
    }

    private BoundAnswers connected() throws IOException {
        var file = folder.resolve("btp.yaml");
        Files.writeString(
                file,
                Samples.HEAD
                        + "connection: {caFile: ca.pem, proxy: \"http://p.example:3128\", registryMirror: r.example:5000/m}\n");
        return Samples.binder().bind(AnswersFile.read(file));
    }

    @Test
    void refusesAnAuthorityFileWithoutCertificatesOrWithAKey() throws Exception {
        for (var content : Map.of(
                        "hello", "holds no certificate in PEM",
                        "-----BEGIN PRIVATE KEY-----", "holds a private key",
                        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                                "holds a certificate that cannot be read")
                .entrySet()) {
            Files.writeString(folder.resolve("ca.pem"), content.getKey());
            assertThatThrownBy(this::connected)
                    .hasMessageContaining("btp.yaml:3:22: connection.caFile " + content.getValue());
        }
    }

    @Test
    void aRefusedConfigurationIsAProblemAtItsSlot() {
        Form<Map<String, Object>> form = Form.of(answers -> {
            throw new IllegalArgumentException("storage must grow");
        });
        List<Provider<?, ?>> refusing = List.of(new FakeProvider<>(
                Slots.SECRETS, FakeProvider.of(Slots.SECRETS, "vendor", "safe").description(), form));
        assertThatThrownBy(() -> new Binder(refusing, Samples.references(), Defaults.standard())
                        .bind(Samples.tree(Samples.HEAD + "secrets: {mode: vendor}\n")))
                .hasMessage("btp.yaml:3:1: secrets does not fit together: storage must grow");
    }

    @Test
    void trustIsReadBeforePluginsAre() {
        var digest = "sha256:" + "a".repeat(64);
        var tree = Samples.tree(Samples.HEAD + "plugins: {trust: {acme-vault: \"" + digest + "\", other: none}}\n");
        assertThat(tree.trust()).isEqualTo(Map.of("acme-vault", digest));
    }

    @Test
    void tellsOfAFormThatFailsBesideEverythingElseThatIsWrong() {
        var broken = new FakeProvider<>(
                Slots.LOGS,
                FakeProvider.of(Slots.LOGS, "acme", "logs").description(),
                Form.<Map<String, Object>>of(answers -> {
                    throw new StackOverflowError("bad on purpose");
                }));
        var providers = List.<Provider<?, ?>>of(broken);
        var binder = new Binder(providers, Samples.references(), Defaults.standard());
        var tree = Samples.tree("installation: {name: acme}\nobservability: {logs: {mode: acme}}\n");

        assertThat(binder.problems(tree))
                .extracting(AnswerProblem::path)
                .contains("installation.domain", "observability.logs.mode");
        assertThat(binder.problems(tree))
                .filteredOn(problem -> problem.path().equals("observability.logs.mode"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message())
                            .contains("Provider acme.logs of observability.logs", "StackOverflowError: bad on purpose");
                    assertThat(problem.remedy()).startsWith("Choose somebody else. ");
                });
        assertThatThrownBy(() -> binder.bind(tree)).hasMessageContaining("Provider acme.logs");
    }
}
