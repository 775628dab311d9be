package io.btp.installer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Login;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlatformValuesTest {
    private static Map<String, Object> values(Records records) {
        return values(records, Map.of());
    }

    private static Map<String, Object> values(Records records, Map<String, Object> file) {
        return PlatformValues.of(Samples.INSTALLATION, records, Samples.configuration(), Samples.SECRETS, file);
    }

    @Test
    void mapsTheLeastThatARunNeeds() throws IOException {
        assertThat(text(values(Samples.minimal()))).isEqualTo(golden("minimal.txt"));
    }

    @Test
    void mapsEveryRecordAndAnswer() throws IOException {
        var values = PlatformValues.of(
                Samples.INSTALLATION, Samples.full(), Samples.fullConfiguration(), Samples.SECRETS, Map.of());

        assertThat(text(values)).isEqualTo(golden("full.txt"));
    }

    @Test
    void demandsOfPostgresWhatItsRecordSays() {
        assertThat(at(values(Samples.minimal()), "postgresql.sslMode")).isEqualTo("disable");
        assertThat(at(
                        values(Samples.minimal().with(Slots.POSTGRES, Samples.postgres(Tls.required()))),
                        "postgresql.sslMode"))
                .isEqualTo("require");
        assertThat(at(values(Samples.full()), "postgresql.sslMode")).isEqualTo("verify-full");
    }

    @Test
    void namesTheIdentityProviderByItsKind() {
        for (var kind : Identity.Kind.values()) {
            var values = values(Samples.minimal().with(Slots.IDENTITY, Samples.identity(kind)));

            assertThat(tree(values, "auth.providers"))
                    .containsOnlyKeys(kind.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void configuresNoIdentityProviderWhereThereIsNone() {
        assertThat(tree(values(Samples.minimal()), "auth.providers")).isEmpty();
    }

    @Test
    void keepsTheEngineStateInTheChosenObjectStoreWithItsKeys() {
        var state = tree(values(Samples.minimal()), "features.deploymentEngine.state");

        assertThat(state)
                .containsEntry(
                        "connectionUrl",
                        "s3://acme-btp?region=eu-central-1&endpoint=store.btp-deps:9000&disableSSL=true&s3ForcePathStyle=true");
        assertThat(tree(state, "credentials.aws"))
                .containsEntry("accessKeyId", "AKIA")
                .containsKey("secretAccessKey");
    }

    @Test
    void takesTheStorageClassFromTheClusterUnlessOneIsNamed() {
        var values = values(Samples.minimal());

        assertThat(at(values, "support.ipfs-cluster.cluster.storage.storageClassName"))
                .isEqualTo("gp3");
        assertThat(at(values, "observability.loki.singleBinary.persistence.storageClass"))
                .isEqualTo("gp3");
    }

    @Test
    void speaksRedissExactlyWhereTlsIsOn() {
        assertThat(tree(values(Samples.minimal()), "redis"))
                .containsEntry("scheme", "redis")
                .containsEntry("tls", false);
        assertThat(tree(values(Samples.full()), "redis"))
                .containsEntry("scheme", "rediss")
                .containsEntry("tls", true);
    }

    @Test
    void sendsNoKeyForWhatIsAbsent() {
        assertThat(tree(values(Samples.minimal()), "redis")).doesNotContainKey("password");
        assertThat(tree(values(Samples.minimal()), "license")).doesNotContainKeys("signature", "email");
    }

    @Test
    void installsNoSecondIngressController() {
        assertThat(at(values(Samples.minimal()), "support.ingress-nginx.enabled"))
                .isEqualTo(false);
        assertThat(at(values(Samples.full()), "support.ipfs-cluster.ingress.className"))
                .isEqualTo("traefik");
    }

    @Test
    void servesSiblingsOnlyWithACertificate() {
        assertThat(at(values(Samples.minimal()), "support.ipfs-cluster.ingress.enabled"))
                .isEqualTo(false);
        assertThat(at(values(Samples.minimal()), "observability.grafana.ingress.enabled"))
                .isEqualTo(false);
        assertThat(tree(values(Samples.full()), "observability.grafana.ingress"))
                .containsEntry("enabled", true)
                .containsKey("tls");
    }

    @Test
    void usesVaultOnlyWhereTheStoreIsVault() {
        var aws = new SecretStore(
                SecretStore.Kind.AWS_SECRETS_MANAGER,
                Optional.of(URI.create("https://secretsmanager.example")),
                "acme",
                Optional.empty());

        assertThat(tree(values(Samples.minimal().with(Slots.SECRETS, aws)), "vault"))
                .isEqualTo(Map.of("enabled", false));
        assertThat(tree(values(Samples.full()), "vault"))
                .containsEntry("enabled", true)
                .containsKey("token");
    }

    @Test
    void handsTheLicenceToNoPublicRegistry() {
        var registries = tree(values(Samples.full()), "imagePullCredentials.registries");

        assertThat(registries.get("docker")).isEqualTo(Map.of("enabled", false));
        assertThat(registries.get("ghcr")).isEqualTo(Map.of("enabled", false));
        assertThat(registries.get("harbor")).isEqualTo(Map.of("enabled", false));
    }

    @Test
    void overridesOneLeafAndKeepsItsSiblings() {
        var values = values(
                Samples.minimal(),
                Map.of(
                        "ingress",
                        Map.of("path", "/btp"),
                        "auth",
                        Map.of("providers", Map.of("own", Map.of("enabled", true)))));

        assertThat(tree(values, "ingress"))
                .containsEntry("path", "/btp")
                .containsEntry("host", "btp.acme.example")
                .containsKey("tls");
        assertThat(tree(values, "auth")).containsKey("jwtSigningKey");
    }

    @Test
    void hidesEverySecretWhereverItIsPrinted() {
        var values = PlatformValues.of(
                Samples.INSTALLATION, Samples.full(), Samples.fullConfiguration(), Samples.SECRETS, Map.of());

        assertThat(values.toString()).doesNotContain("canary").contains("(hidden)");
        assertThat(Samples.fullConfiguration().toString()).doesNotContain("canary");
    }

    private static Object at(Map<String, Object> values, String path) {
        int dot = path.lastIndexOf('.');
        var tree = dot < 0 ? values : tree(values, path.substring(0, dot));
        return java.util.Objects.requireNonNull(tree.get(path.substring(dot + 1)), path);
    }

    private static Map<String, Object> tree(Map<String, Object> values, String path) {
        Map<String, Object> tree = values;
        for (var key : path.split("\\.", -1)) {
            var next = new TreeMap<String, Object>();
            if (!(tree.get(key) instanceof Map<?, ?> map)) {
                throw new AssertionError("no mapping at " + key + " of " + path);
            }
            map.forEach((name, value) -> next.put((String) name, value));
            tree = next;
        }
        return tree;
    }

    private static String golden(String name) throws IOException {
        try (var stream = PlatformValuesTest.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Prints values like YAML, keys sorted, secrets revealed: that each stands in its place is what is tested. */
    private static String text(Map<String, Object> values) {
        var text = new StringBuilder();
        print(values, "", text);
        return text.toString();
    }

    private static void print(Map<?, ?> map, String indent, StringBuilder text) {
        new TreeMap<>(map).forEach((key, value) -> {
            text.append(indent).append(key).append(':');
            value(value, indent, text);
        });
    }

    private static void value(Object value, String indent, StringBuilder text) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            text.append('\n');
            print(map, indent + "  ", text);
            return;
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            text.append('\n');
            for (var element : list) {
                text.append(indent).append("-");
                value(element, indent + "  ", text);
            }
            return;
        }
        text.append(' ');
        text.append(scalar(value));
        text.append('\n');
    }

    /** Quotes texts that YAML would read as something else. */
    private static String scalar(Object value) {
        if (value instanceof Secret secret) {
            return "secret " + secret.reveal();
        }
        return value instanceof String words && words.matches("[0-9.]*|true|false")
                ? '"' + words + '"'
                : value.toString();
    }

    @Test
    void takesImagesFromTheMirrorByItsLogin() {
        var connection = new Connection(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of("registry.acme.example/mirror"),
                Optional.empty(),
                Optional.of(new Login("puller", Samples.canary("mirror"))));
        var values = PlatformValues.of(
                new Installation("acme", "btp.acme.example", connection),
                Samples.full(),
                Samples.fullConfiguration(),
                Samples.SECRETS,
                Map.of());

        assertThat(values.get("global"))
                .isEqualTo(Map.of(
                        "imageRegistry", "registry.acme.example/mirror",
                        "image", Map.of("registry", "registry.acme.example/mirror"),
                        "imagePullSecrets", List.of(Map.of("name", "acme-registry-mirror"))));
        assertThat(values.toString()).contains("registryUrl=registry.acme.example,", "username=puller");
    }
}
