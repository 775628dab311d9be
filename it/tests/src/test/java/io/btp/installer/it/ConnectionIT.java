package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything through a proxy that asks for a login and looks into TLS by an authority of its own. The program runs in a
 * network that has nothing but the proxy: whatever it, its workers or its login programs would try past the proxy fails.
 */
final class ConnectionIT {
    private static final String API = "api.acme.test:6443";
    private static final String REGISTRY = "registry.acme.test:443";
    private static final String TOKENS = "tokens.acme.test:443";
    private static final String STABLE = "charts.acme.test:443";
    private static final String LOGIN = "login.acme.test:443";
    private static final String PROXY_PASSWORD = "canary-proxy p@ss/1";
    private static final String CHARTS_PASSWORD = "canary-charts-77";
    private static final String MIRROR = "registry.acme.test/mirror/";
    private static final Path CHARTS = Path.of("src/test/charts").toAbsolutePath();
    private static final Pattern IMAGE = Pattern.compile("\\bimage(?:Name)?[\"']?\\s*[:=]\\s*[\"']?([^\\s\"',}]+)");

    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    @TempDir
    Path folder;

    private ChartHost charts;
    private InterceptingProxy proxy;
    private IsolatedNetwork network;
    private Program program;

    @BeforeAll
    static void openBackend() {
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
    }

    @AfterAll
    static void closeBackend() {
        cluster.close();
        backend.close();
    }

    @BeforeEach
    void open() throws IOException, InterruptedException {
        var authority = new Authority(folder.resolve("authority"));
        var access = Config.fromKubeconfig(backend.kubeconfig());
        var server = java.net.URI.create(access.getMasterUrl());
        charts = new ChartHost("puller:" + CHARTS_PASSWORD, "https://tokens.acme.test/token");
        charts.put("/login", """
                {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}""".formatted(access.getAutoOAuthToken()));
        var host = new InterceptingProxy.Target(charts.port(), false);
        proxy = new InterceptingProxy(
                authority,
                "walker:" + PROXY_PASSWORD,
                Map.of(
                        API, new InterceptingProxy.Target(server.getPort(), true),
                        REGISTRY, host,
                        TOKENS, host,
                        STABLE, host,
                        LOGIN, host));
        network = IsolatedNetwork.open(folder, proxy.port());
        Files.copy(authority.file(), folder.resolve("ca.pem"));
        writeKubeconfig(access);
        program = new Program(folder)
                .within(network.prefix())
                .with("XDG_CACHE_HOME", folder.resolve("cache").toString())
                .with("IT_PROXY", PROXY_PASSWORD)
                .with("IT_CHARTS", CHARTS_PASSWORD)
                .with("IT_LICENSE", "canary-licence-8f3a1c");
    }

    /** Logs in by a program that asks a server, as those of the clouds do. */
    private void writeKubeconfig(Config access) throws IOException {
        var login =
                Files.writeString(folder.resolve("login"), "#!/bin/sh\nexec curl -fsS https://login.acme.test/login\n");
        assertThat(login.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: it
                clusters: [{name: it, cluster: {server: "https://%s", certificate-authority-data: "%s"}}]
                users:
                  - name: it
                    user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: %s, interactiveMode: Never}}
                contexts: [{name: it, context: {cluster: it, user: it}}]
                """.formatted(API, authorityOf(access), login));
    }

    private static String authorityOf(Config access) throws IOException {
        return access.getCaCertData() != null
                ? access.getCaCertData()
                : Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(access.getCaCertFile())));
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        proxy.close();
        charts.close();
    }

    private void answers(String name, String connection, String certificates, String slots) throws IOException {
        Files.writeString(folder.resolve("btp.yaml"), """
                apiVersion: installer.btp/v1
                installation: {name: %1$s, domain: %1$s.btp.example}
                connection:
                  proxy: {url: "http://127.0.0.1:%2$d", username: walker, password: "${env:IT_PROXY}"}
                  caFile: ca.pem
                %3$s
                cluster: {mode: byo, kubeconfig: kubeconfig}
                namespaces: {platform: %1$s-platform, deployments: %1$s-deployments, dependencies: %1$s-deps}
                objectStore: {mode: sandbox}
                identity: {mode: sandbox}
                secrets: {mode: kubernetes}
                edge: {ingress: {mode: sandbox}, certificates: {mode: %5$s}, records: {mode: sandbox}}
                observability: {mode: sandbox}
                %4$s
                """.formatted(
                        name, IsolatedNetwork.PORT, connection.indent(2), slots, certificates));
    }

    private byte[] packed(String chart, String name, String version) throws IOException, InterruptedException {
        return ChartHost.packed(CHARTS.resolve(chart), name, version, folder);
    }

    private byte[] platform(String version) throws IOException, InterruptedException {
        return ChartHost.packed(
                Program.home().resolve("plugins/sandbox/charts/platform"), "settlemint", version, folder);
    }

    private Program.Result run(String... arguments) {
        var secrets = new Canaries().with("proxy", PROXY_PASSWORD).with("charts", CHARTS_PASSWORD);
        // A login program has no other way to know the proxy than by the variables that every program knows.
        try (var watch = new CommandLines(secrets, Set.of("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"))) {
            var result = program.run(arguments);
            assertThat(watch.seen())
                    .as("secrets on command lines, and in the environment of children")
                    .isEmpty();
            return result;
        }
    }

    private Program.Result succeeds(String... arguments) {
        var result = run(arguments);
        assertThat(result.code()).as(result::words).isZero();
        return result;
    }

    @Test
    void installsFromTheMirrorAlone() throws IOException, InterruptedException {
        charts.push("mirror/charts/valkey", "0.11.0", packed("valkey", "valkey", "0.11.0"));
        charts.push("mirror/charts/cloudnative-pg", "0.29.0", packed("cloudnative-pg", "cloudnative-pg", "0.29.0"));
        charts.push(
                "mirror/jetstack/charts/cert-manager", "v1.21.1", packed("cert-manager", "cert-manager", "v1.21.1"));
        charts.push("mirror/settlemint/settlemint", "v7.32.10", platform("7.32.10"));
        answers(
                "mirrored",
                "registryMirror: {registry: registry.acme.test/mirror, username: puller, password: \"${env:IT_CHARTS}\"}",
                "kubernetes",
                """
                dataPlane:
                  postgres: {mode: kubernetes, provider: cloudnative-pg, storage: 1Gi}
                  redis: {mode: kubernetes, provider: valkey, storage: 1Gi}
                platform:
                  license: {username: acme, password: "${env:IT_LICENSE}", expirationDate: "2099-12-31"}
                """);
        var before = cluster.objects();

        succeeds("check");
        succeeds("plan");
        succeeds("install", "--yes");
        var images = images(
                Set.of("mirrored-platform", "mirrored-deps", "mirrored-deployments", "cnpg-system", "cert-manager"));
        succeeds("status");
        assertThat(succeeds("install", "--yes").output()).contains("Nothing to do");

        assertThat(images)
                .contains(
                        MIRROR + "valkey/valkey:9.1.1",
                        MIRROR + "cloudnative-pg/postgresql:17",
                        MIRROR + "sandbox/identity:1",
                        MIRROR + "sandbox/grafana:12")
                .anyMatch(image -> image.startsWith(MIRROR + "cloudnative-pg/cloudnative-pg:"))
                .anyMatch(image -> image.startsWith(MIRROR + "jetstack/cert-manager-controller:"))
                .allMatch(image -> image.startsWith(MIRROR));
        assertThat(cluster.objects())
                .contains(
                        "Secret cert-manager/btp-cert-manager-proxy",
                        "ConfigMap cert-manager/btp-cert-manager-authorities",
                        "Secret mirrored-deps/mirrored-registry-mirror");
        assertThat(leaks()).as("files that hold a secret").isEmpty();

        var removed = succeeds("uninstall", "--yes", "--delete-data", "all");
        assertThat(cluster.changesSince(before)).as(removed::words).isEmpty();
        assertThat(proxy.asked()).containsExactly(API, LOGIN, REGISTRY, TOKENS);
        assertThat(proxy.refused())
                .as("what was tried without login, or past its end")
                .isEmpty();
    }

    @Test
    void readsChartsByTheLoginOfEachPlace() throws IOException, InterruptedException {
        charts.publish("valkey", "0.11.0", packed("valkey", "valkey", "0.11.0"));
        charts.push("team/cnpg", "0.29.0", packed("cloudnative-pg", "cnpg", "0.29.0"));
        charts.push("vendor/settlemint", "v7.32.10", platform("7.32.10"));
        var login = "username: puller, password: \"${env:IT_CHARTS}\"";
        answers("logged", "", "sandbox", """
                dataPlane:
                  postgres: {mode: kubernetes, provider: cloudnative-pg, storage: 1Gi}
                  redis: {mode: kubernetes, storage: 1Gi, chart: {repository: "https://charts.acme.test/stable", %1$s}}
                support: {cloudnative-pg-operator: {chart: {oci: "oci://registry.acme.test/team/cnpg", %1$s}, version: 0.29.0}}
                platform:
                  registry: {url: "oci://registry.acme.test/vendor", %1$s}
                  license: {username: acme, password: "${env:IT_LICENSE}", expirationDate: "2099-12-31"}
                """.formatted(login));

        succeeds("install", "--yes");
        var removed = succeeds("uninstall", "--yes", "--delete-data", "all");

        assertThat(proxy.asked()).as(removed::words).containsExactly(API, STABLE, LOGIN, REGISTRY, TOKENS);
        assertThat(proxy.refused()).isEmpty();
        program.with("IT_CHARTS", "canary-wrong");
        Files.move(folder.resolve("cache"), folder.resolve("cache-before"));
        var refused = run("plan");
        assertThat(refused.code()).as(refused::words).isEqualTo(4);
        assertThat(refused.output() + refused.messages())
                .contains("refuses the login of puller", "authentication required")
                .doesNotContain("canary-wrong");
    }

    @Test
    void saysThatTheProxyRefusesTheLogin() throws IOException {
        answers("refused", "", "sandbox", "");
        Files.writeString(
                folder.resolve("kubeconfig"),
                Files.readString(folder.resolve("kubeconfig")).replaceFirst("user: \\{exec: .*", "user: {token: any}"));
        program.with("IT_PROXY", "canary-wrong");

        var result = run("check");

        assertThat(result.code()).as(result::words).isNotZero();
        assertThat(result.output() + result.messages())
                .contains("refuses the login of walker")
                .doesNotContain("canary-wrong");
    }

    /** Lists the images of all pods, and of what pods are made from. */
    private static Set<String> images(Set<String> namespaces) {
        var images = new TreeSet<String>();
        var kinds = Map.of(
                "Pod", "v1",
                "Deployment", "apps/v1",
                "StatefulSet", "apps/v1",
                "Job", "batch/v1",
                "Cluster", "postgresql.cnpg.io/v1");
        kinds.forEach((kind, version) -> {
            for (var namespace : namespaces) {
                cluster
                        .client()
                        .genericKubernetesResources(version, kind)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream()
                        .map(GenericKubernetesResource::getAdditionalProperties)
                        .map(fields -> String.valueOf(fields.get("spec")))
                        .forEach(spec -> IMAGE.matcher(spec).results().forEach(found -> images.add(found.group(1))));
            }
        });
        return images;
    }

    /** Names the files that the program wrote with a secret in them; the answers name secrets, and hold none. */
    private List<Path> leaks() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(ConnectionIT::holdsSecret)
                    .toList();
        }
    }

    private static boolean holdsSecret(Path file) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return text.contains("canary-");
        } catch (IOException gone) {
            return false;
        }
    }
}
