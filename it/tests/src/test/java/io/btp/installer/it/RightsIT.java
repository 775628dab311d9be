package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("With just the rights that the plan names")
class RightsIT {
    @TempDir
    private static Path folder;

    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    @BeforeAll
    static void open() {
        backend = KubernetesBackend.open();
        cluster = new ClusterInventory(backend.kubeconfig());
    }

    @AfterAll
    static void close() {
        cluster.close();
        backend.close();
    }

    @Test
    void aServiceAccountInstallsAndWhatItLacksIsNamedBeforeAnythingIsTouched() throws Exception {
        var admin = new Scenario("rights", Files.createDirectory(folder.resolve("admin")), backend.kubeconfig());
        var planned = admin.run("plan", "--rbac");
        assertThat(planned.code()).as(planned.words()).isZero();
        grant(planned.output());
        try {
            var limited = new Scenario("rights", Files.createDirectory(folder.resolve("limited")), kubeconfig());
            if (backend.enforcesRights()) {
                withoutMaking(planned.output(), limited);
                grant(planned.output());
            }
            var installed = limited.run("install", "--yes");
            assertThat(installed.code()).as(installed.words()).isZero();
            assertThat(limited.run("status").code()).isZero();
        } finally {
            admin.run("uninstall", "--yes", "--delete-data", "all");
            revoke(planned.output());
        }
    }

    private static void withoutMaking(String manifest, Scenario limited) {
        grant(manifest.replace("\"create\", ", ""));
        var before = cluster.objects();

        var refused = limited.run("install", "--yes");

        assertThat(refused.code()).as(refused.words()).isEqualTo(4);
        assertThat(refused.words())
                .contains("create statefulsets.apps in rights-deps")
                .contains("btp plan --rbac");
        assertThat(cluster.changesSince(before)).isEmpty();
    }

    private static void grant(String manifest) {
        cluster.client()
                .load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)))
                .forceConflicts()
                .serverSideApply();
    }

    private static void revoke(String manifest) {
        var granted = cluster.client().load(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
        granted.delete();
        granted.waitUntilCondition(Objects::isNull, 1, TimeUnit.MINUTES);
    }

    /** Gives the kubeconfig of the cluster with a token of the service account in place of everything else. */
    private static String kubeconfig() {
        if (!backend.enforcesRights()) {
            return backend.kubeconfig();
        }
        var config = Config.fromKubeconfig(backend.kubeconfig());
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600L)
                .endSpec()
                .build();
        var account = cluster.client()
                .serviceAccounts()
                .inNamespace("rights-platform")
                .withName("btp-installer");
        return """
                apiVersion: v1
                kind: Config
                current-context: limited
                clusters: [{name: it, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: limited, user: {token: "%s"}}]
                contexts: [{name: limited, context: {cluster: it, user: limited}}]
                """.formatted(
                        config.getMasterUrl(),
                        config.getCaCertData(),
                        account.tokenRequest(request).getStatus().getToken());
    }
}
