package io.btp.installer.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helm makes of the charts. */
class ChartsTest {
    static final Path FOLDER = Path.of("src/main/charts");

    @TempDir
    private Path temporary = Path.of("");

    static Stream<Path> charts() throws IOException {
        try (var folders = Files.list(FOLDER)) {
            return folders.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("charts")
    void lintsStrictly(Path chart) {
        var result = new Helm(chart).lint().strict().call();

        assertThat(result.isFailed())
                .as(String.join("\n", result.getMessages()))
                .isFalse();
    }

    /** The charts that need no cluster to be rendered. */
    static Stream<Path> renderable() throws IOException {
        return charts().filter(chart -> !chart.endsWith("certificates"));
    }

    @ParameterizedTest
    @MethodSource("renderable")
    void rendersItsDefaultsIntoTheReleasesNamespace(Path chart) {
        var rendered = render(chart.getFileName().toString());

        assertThat(rendered).contains("app.kubernetes.io/instance: acme-it");
        assertThat(rendered.lines().filter(line -> line.startsWith("  namespace: ")))
                .isNotEmpty()
                .allMatch("  namespace: somewhere"::equals);
    }

    @Test
    void hasAChartForEveryStandInAndOneForThePlatform() {
        var names = Recipes.all().stream().map(Recipe::thing).toList();

        assertThat(names)
                .hasSize(8)
                .allSatisfy(name -> assertThat(FOLDER.resolve(name)).isDirectory());
        assertThat(FOLDER.resolve("platform")).isDirectory();
    }

    @Test
    void keepsStorageInClaimsThatNameTheRelease() throws IOException {
        var rendered = render("postgres", "storage: 3Gi", "replicas: 2", "storageClass: fast");

        assertThat(rendered)
                .containsPattern("(?s)volumeClaimTemplates:.*app.kubernetes.io/instance: acme-it.*storage: 3Gi")
                .contains("replicas: 2", "storageClassName: fast");
    }

    @Test
    void readsCredentialsFromASecretThatIsThere() throws IOException {
        assertThat(render("redis", "auth: {existingSecret: acme-redis-credentials}"))
                .contains("secretKeyRef: {name: acme-redis-credentials, key: password}")
                .doesNotContain("kind: Secret");
        assertThat(render("metrics", "grafana: {existingSecret: acme-metrics-credentials}"))
                .contains("secretKeyRef: {name: acme-metrics-credentials, key: password}")
                .doesNotContain("kind: Secret");
    }

    @Test
    void balancesLoadForAnIngressClassOfItsOwn() throws IOException {
        assertThat(render("ingress", "className: acme-sandbox"))
                .contains("type: LoadBalancer", "kind: IngressClass\nmetadata:\n  name: acme-sandbox");
    }

    @Test
    void opensThePlatformUnderItsHostWithItsCertificate() throws IOException {
        var rendered = render(
                "platform",
                "ingress:",
                "  className: acme-sandbox",
                "  host: btp.acme.example",
                "  annotations: {note: here}",
                "  tls: [{secretName: acme-tls, hosts: [btp.acme.example]}]");

        assertThat(rendered)
                .contains("ingressClassName: acme-sandbox", "- host: btp.acme.example", "secretName: acme-tls")
                .contains("note: here", "kind: PodDisruptionBudget", "kind: ServiceAccount")
                .contains("name: acme-it-web\n", "name: acme-it-api\n", "name: acme-it-deployment-engine\n");
    }

    @Test
    void givesThePlatformWhatTheRecordsSay() throws IOException {
        var rendered = render(
                "platform",
                "postgresql: {host: pg, port: 5433, user: btp, password: p-w, database: btp, sslMode: verify-full}",
                "redis: {host: rd, port: 6379, password: r-w, scheme: rediss, tls: true}",
                "auth: {providers: {oidc: {enabled: true, clientID: c-i, clientSecret: c-s, issuer: 'https://i'}}}",
                "vault: {enabled: true, address: 'https://vault', token: v-t}",
                "internal: {email: {enabled: true, from: a@b, server: {host: smtp, port: '465', password: m-w}}}",
                "imagePullCredentials: {registries: {harbor: {enabled: true, registryUrl: r.example, username: u,"
                        + " password: p, email: e}, ghcr: {enabled: false, registryUrl: g.example}}}");

        assertThat(rendered)
                .contains("POSTGRES_URL: \"postgresql://pg:5433/btp?sslmode=verify-full\"")
                .contains("REDIS_URL: \"rediss://rd:6379\"", "REDIS_PASSWORD: \"r-w\"", "POSTGRES_PASSWORD: \"p-w\"")
                .contains("AUTH_OIDC_CLIENT_ID: \"c-i\"", "AUTH_OIDC_CLIENT_SECRET: \"c-s\"", "VAULT_TOKEN: \"v-t\"")
                .contains("MAIL_SERVER: \"smtp:465\"", "MAIL_PASSWORD: \"m-w\"")
                .contains("imagePullSecrets:\n  - name: acme-it-pull", "kubernetes.io/dockerconfigjson");
    }

    @Test
    void refusesValuesOfTheWrongTypeByTheirPath() {
        assertThatThrownBy(() -> render("platform", "postgresql: {port: many}"))
                .hasMessageContaining("postgresql")
                .hasMessageContaining("port");
        assertThatThrownBy(() -> render("platform", "redis: {tls: 'yes'}")).hasMessageContaining("tls");
        assertThatThrownBy(() -> render("platform", "ingress: {path: nowhere}")).hasMessageContaining("path");
        assertThatThrownBy(() -> render("platform", "features: {deploymentEngine: {targets: {id: aws}}}"))
                .hasMessageContaining("targets");
    }

    private String render(String chart, String... values) throws IOException {
        var file =
                Files.writeString(temporary.resolve("values.yaml"), String.join("\n", values), StandardCharsets.UTF_8);
        return new Helm(FOLDER.resolve(chart))
                .template()
                .withName("acme-it")
                .withNamespace("somewhere")
                .withKubeVersion("v1.35.0")
                .withValuesFile(file)
                .call();
    }

    private static String render(String chart) {
        return new Helm(FOLDER.resolve(chart))
                .template()
                .withName("acme-it")
                .withNamespace("somewhere")
                .withKubeVersion("v1.35.0")
                .call();
    }
}
