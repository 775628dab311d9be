package io.btp.installer.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.btp.installer.api.contract.Cluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The charts, installed by Helm in a sandbox cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartsInClusterTest {
    private static final int PATIENCE = 40;

    private final OpenClusters open = new OpenClusters();

    private Cluster cluster = FakeRecords.cluster(true);
    private Path kubeconfig = Path.of("");
    private Path values = Path.of("");

    @BeforeAll
    void makeTheCluster(@TempDir Path temporary) throws InterruptedException, IOException {
        var folder = temporary.resolve("sandbox");
        open.create(folder);
        var access = open.kubeconfig(folder);
        cluster = FakeRecords.cluster("sandbox", access, true);
        values = temporary.resolve("values.yaml");
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        kubeconfig = Files.createFile(temporary.resolve("kubeconfig"), owner);
        Files.writeString(kubeconfig, access.reveal(), StandardCharsets.UTF_8);
    }

    @AfterAll
    void end() {
        open.close();
    }

    @ParameterizedTest
    @MethodSource("io.btp.installer.plugin.sandbox.ChartsTest#charts")
    void becomesReadyOnSimulatedNodes(Path chart) throws IOException, InterruptedException {
        var name = chart.getFileName().toString();
        deliverCredentials(name);

        var release = new Helm(chart)
                .install()
                .withName("it-" + name)
                .withNamespace("it-" + name)
                .waitReady()
                .withTimeout(PATIENCE)
                .withKubeConfig(kubeconfig)
                .call();

        assertThat(release.getStatus()).isEqualTo("deployed");
    }

    /** Its pods do not start without the Secret that the values name; this is the name that the chart's defaults have. */
    private void deliverCredentials(String name) throws IOException, InterruptedException {
        var api = Api.of(cluster);
        api.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"it-%s\"}}".formatted(name));
        for (var recipe : Recipes.all()) {
            if (recipe.thing().equals(name) && recipe.credentials().isPresent()) {
                var credentials = recipe.credentials().get();
                var keys = Stream.concat(Stream.of(credentials.key()), credentials.others().keySet().stream());
                var data = keys.map("\"%s\":\"any\""::formatted).collect(Collectors.joining(","));
                api.create(
                        "/api/v1/namespaces/it-%s/secrets".formatted(name),
                        "{\"metadata\":{\"name\":\"%s-credentials\"},\"stringData\":{%s}}".formatted(name, data));
            }
        }
    }

    @Test
    void keepsTheCertificateUntilItsHostsChange() throws IOException, InterruptedException, GeneralSecurityException {
        certify("btp.acme.example", "*.btp.acme.example");
        var first = certificate();
        certify("btp.acme.example", "*.btp.acme.example");
        var same = certificate();
        certify("other.acme.example", "*.other.acme.example");
        var other = certificate();

        first.verify(first.getPublicKey());
        assertThat(names(first)).isEqualTo(List.of("btp.acme.example", "*.btp.acme.example"));
        assertThat(same).isEqualTo(first);
        assertThat(names(other)).isEqualTo(List.of("other.acme.example", "*.other.acme.example"));
    }

    private void certify(String host, String wildcard) throws IOException {
        Files.writeString(values, "secretName: acme-tls\nhosts: ['%s', '%s']\n".formatted(host, wildcard));
        new Helm(ChartsTest.FOLDER.resolve("certificates"))
                .upgrade()
                .install()
                .withName("acme-certificates")
                .withNamespace("default")
                .withKubeConfig(kubeconfig)
                .withValuesFile(values)
                .call();
    }

    private X509Certificate certificate() throws IOException, InterruptedException, GeneralSecurityException {
        var secret = Api.of(cluster).read("/api/v1/namespaces/default/secrets/acme-tls");
        var matcher = Pattern.compile("\"tls\\.crt\":\"([^\"]+)\"").matcher(secret);
        assertThat(matcher.find()).as(secret).isTrue();
        var pem = new ByteArrayInputStream(Base64.getDecoder().decode(matcher.group(1)));
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }

    private static List<Object> names(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .<Object>map(name -> name.get(1))
                .toList();
    }
}
