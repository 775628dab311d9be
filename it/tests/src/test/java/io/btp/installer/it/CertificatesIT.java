package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.simulator.client.Identity;
import io.btp.installer.simulator.client.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Certificates that the real cert-manager issues: by themselves, by a CA, and by an ACME authority. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class CertificatesIT {
    private static final Path CHART = Path.of("src/test/charts/cert-manager").toAbsolutePath();
    private static final String OPERATOR = "support.cert-manager-operator";

    @TempDir
    Path folder;

    private KubernetesBackend backend;
    private ClusterInventory cluster;
    private Program program;
    private NameServer names;
    private Optional<RealCertManager> certManager = Optional.empty();
    private Optional<Moto> route53 = Optional.empty();
    private String zone = "";

    @BeforeEach
    void open() throws IOException {
        RealCertManager.program();
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
        program = new Program(folder)
                .with("IT_LICENSE", "canary-licence-2b7f")
                .with("IT_SECRET_KEY", "canary-route53-5d1c")
                .with("XDG_CONFIG_HOME", folder.resolve("config").toString());
        Files.writeString(folder.resolve("kubeconfig"), backend.kubeconfig());
        names = NameServer.open(this::texts);
    }

    @AfterEach
    void close() {
        certManager.ifPresent(RealCertManager::close);
        route53.ifPresent(Moto::close);
        names.close();
        cluster.close();
        backend.close();
    }

    private List<String> texts(String name) {
        return route53.map(moto -> moto.texts(zone, name)).orElse(List.of());
    }

    private void answers(String name, String certificates, String... more) throws IOException {
        Files.writeString(folder.resolve("btp.yaml"), """
                apiVersion: installer.btp/v1
                installation: {name: %1$s, domain: %1$s.btp.example}
                cluster: {mode: byo, kubeconfig: %2$s/kubeconfig}
                namespaces: {platform: %1$s-platform, deployments: %1$s-deployments, dependencies: %1$s-deps}
                dataPlane: {mode: sandbox}
                objectStore: {mode: sandbox}
                identity: {mode: sandbox}
                secrets: {mode: kubernetes}
                edge:
                  ingress: {mode: sandbox}
                  records: {mode: sandbox}
                  certificates: {mode: kubernetes, %3$s}
                %4$s
                support: {cert-manager-operator: {chart: {file: %5$s}, values: {simulated: false}}}
                platform:
                  chart: {file: %6$s/plugins/sandbox/charts/platform}
                  license: {username: acme, password: "${env:IT_LICENSE}", expirationDate: "2099-12-31"}
                """.formatted(
                        name, folder, certificates, String.join("\n", more), CHART, Program.home()));
    }

    /** Runs the program; the controller is started as soon as the cluster serves what it follows. */
    private Program.Result run(String... arguments) {
        return program.watch(process -> this::startWhenServed, arguments);
    }

    private void startWhenServed(JsonNode event) {
        if (certManager.isEmpty()
                && event.path("type").asString("").equals("component-converged")
                && event.path("component").asString("").equals(OPERATOR)) {
            try {
                var world = route53.map(moto -> Map.of("AWS_ENDPOINT_URL", moto.address()));
                certManager = Optional.of(
                        RealCertManager.start(folder, backend.kubeconfig(), names.place(), world.orElse(Map.of())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private X509Certificate certificate(String name) throws GeneralSecurityException {
        var secret = cluster.client()
                .secrets()
                .inNamespace(name + "-platform")
                .withName(name + "-tls")
                .get();
        var pem = Base64.getDecoder().decode(secret.getData().get("tls.crt"));
        return (X509Certificate)
                Pem.certificates(new String(pem, StandardCharsets.US_ASCII)).getFirst();
    }

    private static List<Object> hosts(X509Certificate certificate) throws GeneralSecurityException {
        return certificate.getSubjectAlternativeNames().stream()
                .<Object>map(name -> name.get(1))
                .toList();
    }

    @Test
    void signsItselfThenByACaAndLeavesNothing() throws Exception {
        var before = cluster.objects();
        answers("signed", "challenge: self-signed");

        var installed = run("install", "--yes", "--output", "json");
        assertThat(installed.code()).as(installed::words).isZero();
        var first = certificate("signed");
        first.verify(first.getPublicKey());
        assertThat(hosts(first)).containsExactlyInAnyOrder("signed.btp.example", "*.signed.btp.example");
        assertThat(run("status").code()).isZero();

        var authority = Identity.selfSigned(Instant.now(), List.of("authority of signed"));
        Files.writeString(folder.resolve("ca.pem"), authority.certificates());
        Files.writeString(
                folder.resolve("ca.key"),
                Pem.text("PRIVATE KEY", authority.key().getEncoded()));
        answers("signed", "ca: {certificate: '${file:%1$s/ca.pem}', key: '${file:%1$s/ca.key}'}".formatted(folder));
        var changed = run("install", "--yes", "--output", "json");
        assertThat(changed.code()).as(changed::words).isZero();
        certificate("signed").verify(authority.chain().getFirst().getPublicKey());
        assertThat(cluster.objects()).doesNotContain("ClusterIssuer signed-self-signed");
        var again = run("install", "--yes");
        assertThat(again.output()).as(again::words).contains("Nothing to do");

        var removed = run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(cluster.changesSince(before)).as(removed::words).isEmpty();
    }

    @Test
    void provesTheDomainOnPort80ThenInDnsInPlace() throws Exception {
        var before = cluster.objects();
        var moto = Moto.start(folder);
        zone = moto.zone("btp.example");
        route53 = Optional.of(moto);
        try (var pebble = Pebble.start(folder, names.place(), "blocked.example")) {
            var acme = "email: ops@proved.btp.example, acme: {directory: '%s', caFile: '%s'}"
                    .formatted(pebble.directory(), pebble.directoryAuthority());
            var trust = "connection: {caFile: %s}".formatted(pebble.root());

            answers("proved", acme + ", hosts: [proved.btp.example, blocked.example]", trust);
            var refused = run("install", "--yes", "--output", "json");
            assertThat(refused.code()).as(refused::words).isEqualTo(5);
            assertThat(cause(refused)).as(refused::words).contains("Order", "rejectedIdentifier");

            answers("proved", acme + ", hosts: [proved.btp.example, grafana.proved.btp.example]", trust);
            // The garbage collector knows a new kind after half a minute; removing the Certificate waits for it.
            var stuck = run("install", "--yes", "--output", "json", "--deadline", "edge.certificates=45s");
            assertThat(stuck.code()).as(stuck::words).isEqualTo(5);
            assertThat(cause(stuck)).as(stuck::words).contains("Challenge", "HTTP-01 of", "no such host");

            names.lead(loadBalancer("proved"));
            var installed = run("install", "--yes", "--output", "json");
            assertThat(installed.code()).as(installed::words).isZero();
            var first = certificate("proved");
            assertThat(first.getIssuerX500Principal().getName()).contains("Pebble");
            assertThat(hosts(first)).containsExactlyInAnyOrder("proved.btp.example", "grafana.proved.btp.example");
            assertThat(passed(installed)).contains("platform.answers");

            var plugins = folder.resolve("plugins");
            var plugin = ZonePlugin.pack(plugins.resolve("test-zone"));
            var trusted = run("plugins", "trust", plugin.toString());
            assertThat(trusted.code()).as(trusted::words).isZero();
            answers(
                    "proved",
                    acme,
                    "  zone: {mode: test, name: btp.example, zoneId: %s, secretKey: '${env:IT_SECRET_KEY}'}"
                            .formatted(zone),
                    trust);
            var moved = run("install", "--yes", "--output", "json", "--plugins-dir", plugins.toString());
            assertThat(moved.code()).as(moved::words).isZero();
            assertThat(hosts(certificate("proved")))
                    .containsExactlyInAnyOrder("proved.btp.example", "*.proved.btp.example");
            assertThat(moved.planned())
                    .anyMatch(step -> step.startsWith("edge.certificates: UPDATE ClusterIssuer proved-acme-"))
                    .noneMatch(step -> step.startsWith("edge.certificates: DELETE"));
            assertThat(moto.texts(zone, "_acme-challenge.proved.btp.example")).isEmpty();
            assertThat(moved.words()).doesNotContain("canary-route53");

            var removed = run("uninstall", "--yes", "--delete-data", "all", "--plugins-dir", plugins.toString());
            assertThat(removed.code()).as(removed::words).isZero();
            assertThat(cluster.changesSince(before)).as(removed::words).isEmpty();
        }
    }

    /** Gives the summaries of a failed component's problem, outermost first. */
    private static String cause(Program.Result result) {
        return result.events().stream()
                .filter(event -> event.path("type").asString("").equals("component-failed"))
                .map(event -> event.path("problem").toString())
                .reduce("", String::concat);
    }

    private static List<String> passed(Program.Result result) {
        return result.events().stream()
                .filter(event -> event.path("type").asString("").equals("checked"))
                .filter(event -> event.path("outcome").asString("").equals("PASSED"))
                .map(event -> event.path("id").asString(""))
                .toList();
    }

    private String loadBalancer(String name) {
        return cluster.client().services().inNamespace(name + "-deps").list().getItems().stream()
                .filter(service -> service.getSpec().getType().equals("LoadBalancer"))
                .map(service -> service.getStatus()
                        .getLoadBalancer()
                        .getIngress()
                        .getFirst()
                        .getIp())
                .findFirst()
                .orElseThrow();
    }
}
