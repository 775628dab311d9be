package io.btp.installer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same program on back ends that are containers: a cluster by Testcontainers' k3s, S3 by its LocalStack. */
final class DockerIT {
    private static KubernetesBackend backend;
    private static ClusterInventory cluster;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        backend = KubernetesBackend.k3s();
        cluster = new ClusterInventory(backend.kubeconfig());
    }

    @AfterAll
    static void close() {
        if (backend != null) {
            cluster.close();
            backend.close();
        }
    }

    @Test
    void installsOnK3sHasNothingToDoAgainAndLeavesNothing() {
        var before = cluster.objects();
        var scenario = new Scenario("container", folder, backend.kubeconfig());

        var installed = scenario.run("install", "--yes");
        assertThat(installed.code()).as(installed::words).isZero();
        var again = scenario.run("install", "--yes");
        assertThat(again.code()).as(again::words).isZero();
        assertThat(again.output()).contains("Nothing to do");

        var removed = scenario.run("uninstall", "--yes", "--delete-data", "all");
        assertThat(removed.code()).as(removed::words).isZero();
        assertThat(cluster.changesSince(before)).as(removed::words).isEmpty();
    }

    @Test
    void provesABucketOnLocalStack() throws IOException, InterruptedException {
        try (var localStack = Containers.localStack();
                var http = HttpClient.newHttpClient()) {
            var endpoint = localStack.getEndpoint();
            var made = http.send(
                    HttpRequest.newBuilder(endpoint.resolve("/btp-bucket"))
                            .PUT(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
            assertThat(made.statusCode()).as(made::body).isEqualTo(200);
            KubernetesBackend.note("S3", "LocalStack by Testcontainers, image " + localStack.getDockerImageName());

            var scenario = new Scenario("bucket", folder, backend.kubeconfig())
                    .with("IT_S3_KEY", localStack.getAccessKey())
                    .with("IT_S3_SECRET", localStack.getSecretKey());
            var proved = scenario.answer("objectStore", bucket(endpoint.toString(), "btp-bucket"))
                    .run("check", "--only", "objectStore");
            assertThat(proved.code()).as(proved::words).isZero();
            assertThat(proved.output()).contains("objectStore");

            var absent = scenario.answer("objectStore", bucket(endpoint.toString(), "no-such-bucket"))
                    .run("check", "--only", "objectStore");
            assertThat(absent.code()).as(absent::words).isEqualTo(4);
            assertThat(absent.words()).contains("no-such-bucket");
        }
    }

    private static String bucket(String endpoint, String bucket) {
        return "{mode: byo, endpoint: '%s', bucket: %s, accessKey: '${env:IT_S3_KEY}', secretKey: '${env:IT_S3_SECRET}'}"
                .formatted(endpoint, bucket);
    }
}
