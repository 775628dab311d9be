package io.btp.installer.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Chart;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Login;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.contract.Secret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ImagesTest {
    private static final Login LOGIN = new Login("acme", Secret.of("canary-mirror"));
    private static final Connection MIRROR = new Connection(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.of("registry.acme.example:5000/mirror/"),
            Optional.empty(),
            Optional.of(LOGIN));

    private final World world = new World();

    private static Images images(Connection connection) {
        return new Images(new Installation("acme", "btp.acme.example", connection));
    }

    private Lab lab() {
        return Lab.of(world, "acme", MIRROR)
                .with(new ManagedNamespaces(), Lab.NAMES)
                .with(new PlainSecrets(), Map.of())
                .with(new CloudNativePgOperator(), Map.of())
                .with(new CloudNativePg(), Lab.POSTGRES)
                .with(new Valkey(), Lab.VALKEY);
    }

    private Map<String, Object> values(String release) {
        return World.plain(Optional.ofNullable(world.releases.get(release))
                .orElseThrow()
                .values()
                .orElseThrow());
    }

    @Test
    void leavesUpstreamAloneWithoutAMirror() {
        var images = images(Connection.direct());

        assertThat(images.of("ghcr.io/cloudnative-pg/postgresql:17")).isEqualTo("ghcr.io/cloudnative-pg/postgresql:17");
        assertThat(images.registry("docker.io")).isEqualTo("docker.io");
        assertThat(images.pullSecretValues()).isEmpty();
        assertThat(images.manifests("anywhere")).isEmpty();
    }

    @Test
    void keepsPathsOnTheMirror() {
        var images = images(MIRROR);

        assertThat(images.of("ghcr.io/cloudnative-pg/postgresql:17"))
                .isEqualTo("registry.acme.example:5000/mirror/cloudnative-pg/postgresql:17");
        assertThat(images.of("docker.io/library/traefik:v3")).isEqualTo("registry.acme.example:5000/mirror/traefik:v3");
        assertThat(images.of("valkey/valkey@sha256:00"))
                .isEqualTo("registry.acme.example:5000/mirror/valkey/valkey@sha256:00");
        assertThat(images.of("localhost:5000/one")).isEqualTo("registry.acme.example:5000/mirror/one");
    }

    @Test
    void findsChartsOnTheMirrorAndLogsIn() {
        var oci = MIRROR.mirrored(Chart.oci("oci://ghcr.io/traefik/helm/traefik", "41.3.0"));
        var http = MIRROR.mirrored(Chart.repository("https://valkey.io/valkey-helm/", "valkey", "0.11.0"));
        var file = Chart.file(Path.of("/charts/valkey"), "valkey");

        assertThat(oci.location()).hasToString("oci://registry.acme.example:5000/mirror/traefik/helm/traefik");
        assertThat(http.location()).hasToString("oci://registry.acme.example:5000/mirror/charts/valkey");
        assertThat(http.version()).contains("0.11.0");
        assertThat(http.login()).contains(LOGIN);
        assertThat(MIRROR.mirrored(file)).isEqualTo(file);
    }

    @Test
    void putsTheLoginIntoEachNamespaceThatPulls() throws InterruptedException {
        lab().install();

        for (var namespace : List.of("settlemint", "deployments", "btp-deps", "cnpg-system")) {
            var secret = world.find(ObjectRef.of("v1", "Secret", namespace, "acme-registry-mirror"));
            assertThat(secret.flatMap(it -> Tree.text(it, "type"))).contains("kubernetes.io/dockerconfigjson");
            assertThat(secret.flatMap(it -> Tree.text(it, "data", ".dockerconfigjson"))
                            .map(it -> new String(Base64.getDecoder().decode(it), StandardCharsets.UTF_8)))
                    .contains("{\"auths\":{\"registry.acme.example:5000\":{\"auth\":\"%s\"}}}"
                            .formatted(World.base64("acme:canary-mirror")));
        }
    }

    @Test
    void letsEveryChartAndClusterPullFromTheMirror() throws InterruptedException {
        lab().install();

        assertThat(values("btp-deps/acme-redis").get("global"))
                .isEqualTo(Map.of(
                        "imageRegistry",
                        "registry.acme.example:5000/mirror",
                        "imagePullSecrets",
                        List.of("acme-registry-mirror")));
        assertThat(Tree.text(values("cnpg-system/btp-cloudnative-pg"), "image", "repository"))
                .contains("registry.acme.example:5000/mirror/cloudnative-pg/cloudnative-pg");
        assertThat(values("cnpg-system/btp-cloudnative-pg").get("imagePullSecrets"))
                .isEqualTo(List.of(Map.of("name", "acme-registry-mirror")));
        var cluster = world.find(ObjectRef.of("postgresql.cnpg.io/v1", "Cluster", "btp-deps", "acme-postgres"));
        assertThat(cluster.map(it -> String.valueOf(it.get("spec"))).orElse(""))
                .contains(
                        "imageName=registry.acme.example:5000/mirror/",
                        "imagePullSecrets=[{name=acme-registry-mirror}]");
    }

    @Test
    void takesTheLoginAwayWithTheInstallation() throws InterruptedException {
        lab().install();

        lab().remove(false);

        assertThat(world.names()).noneMatch(name -> name.contains("registry-mirror"));
    }

    @Test
    void makesTheLoginWhereNamespacesAreThereAlready() throws InterruptedException {
        for (var name : Lab.NAMES.all()) {
            world.put(Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name)));
        }
        var given = new ManagedNamespaces.Configuration(false, "settlemint", "deployments", "btp-deps");

        assertThat(Lab.of(world, "acme", MIRROR)
                        .with(new ManagedNamespaces(), given)
                        .planned())
                .containsExactly(
                        "create Secret settlemint/acme-registry-mirror",
                        "create Secret deployments/acme-registry-mirror",
                        "create Secret btp-deps/acme-registry-mirror");
    }
}
