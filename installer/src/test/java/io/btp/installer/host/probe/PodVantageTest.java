package io.btp.installer.host.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Installation;
import io.btp.installer.api.Login;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Backend;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A pod that looks at an address")
class PodVantageTest {
    private static final Installation ACME = new Installation("acme", "btp.acme.example", Connection.direct());
    private static final Vantage DATABASE = Vantage.of(
                    new Postgres("db.acme.example", 5432, "btp", "btp", Secret.of("secret"), Tls.required()))
            .orElseThrow();

    private static ClusterClient client;

    @BeforeAll
    static void open() throws Exception {
        client = ClusterClient.open(Secret.of(Files.readString(Backend.kubeconfig())), Connection.direct());
    }

    @AfterAll
    static void close() {
        client.close();
    }

    /** Simulated nodes run nothing: the pod completes and has written no word. */
    @Test
    void runsWhereTheClusterLetsItAndLeavesNothing() throws Exception {
        var vantage = new PodVantage(ACME, client, Proving.nothing(), "btp-check-silent");

        var result = vantage.looked(DATABASE);

        assertThat(result).isInstanceOf(Check.Result.Warned.class);
        assertThat(((Check.Result.Warned) result).problem().summary()).contains("did not report");
        assertGone("btp-check-silent");
    }

    @Test
    void saysWhatKeepsItFromRunning() throws Exception {
        var image = "registry.nowhere.invalid/curl:1";
        var connection = new Connection(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                image);
        var rules = Map.<String, Object>of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", "simulator-rules", "namespace", "kube-system"),
                "data",
                Map.of("rules", "btp-check-* " + image + " image-pull-backoff"));
        client.apply(rules);
        try {
            var installation = new Installation("acme", "btp.acme.example", connection);
            var vantage = new PodVantage(installation, client, Proving.nothing(), "btp-check-unpulled");

            var result = vantage.looked(DATABASE);

            assertThat(result).isInstanceOf(Check.Result.Warned.class);
            assertThat(result.toString()).contains("did not run within").contains(image);
            assertGone("btp-check-unpulled");
        } finally {
            client.delete(ObjectRef.to(rules));
        }
    }

    @Test
    void keepsTheLoginOfTheProxyInASecret() {
        var connection = new Connection(
                Optional.of(URI.create("http://proxy.acme.example:3128")),
                List.of(),
                Optional.of("-----BEGIN CERTIFICATE-----"),
                Optional.of("registry.acme.example/mirror"),
                Optional.of(new Login("acme", Proving.secret("proxy"))),
                Optional.of(new Login("acme", Proving.secret("mirror"))));
        var installation = new Installation("acme", "btp.acme.example", connection);
        var vantage = new PodVantage(installation, client, Proving.nothing(), "btp-check-login");

        var job = vantage.job("btp-deps").toString();
        var secret = vantage.secret(DATABASE, "btp-deps", "uid");

        assertThat(job)
                .doesNotContain(Proving.CANARY)
                .contains("image=registry.acme.example/mirror/curlimages/curl:")
                .contains("imagePullSecrets=[{name=acme-registry-mirror}]");
        assertThat(secret.toString()).doesNotContain(Proving.CANARY);
    }

    private static void assertGone(String namespace) throws InterruptedException {
        var left = client.find(ObjectRef.clusterWide("v1", "Namespace", namespace));
        assertThat(left.flatMap(object -> Fields.text(object, "metadata", "deletionTimestamp"))
                        .or(() -> left.isEmpty() ? Optional.of("gone") : Optional.empty()))
                .as("the namespace goes")
                .isPresent();
    }
}
