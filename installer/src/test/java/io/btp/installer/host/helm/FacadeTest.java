package io.btp.installer.host.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs against a real API server. */
class FacadeTest {
    @TempDir
    static Path cache;

    private static HelmBench bench;

    @BeforeAll
    static void opens() throws InterruptedException {
        bench = HelmBench.open(cache);
    }

    @AfterAll
    static void closes() throws InterruptedException {
        if (bench != null) {
            bench.close();
        }
    }

    private static Facade facade() {
        return Facade.start(bench.client, new DiscoveryCache(InstantSource.system()), Set.of(), "known");
    }

    private static URI server(Facade facade) {
        var kubeconfig = facade.kubeconfig();
        int from = kubeconfig.indexOf("http://");
        return URI.create(kubeconfig.substring(from, kubeconfig.indexOf('"', from)));
    }

    private static HttpResponse<String> ask(String method, URI address) throws InterruptedException, IOException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(address)
                            .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void readsForWhoKnowsTheToken() throws InterruptedException, IOException {
        try (var facade = facade()) {
            var server = server(facade);

            assertThat(ask("GET", URI.create(server + "/api/v1/namespaces/kube-system"))
                            .body())
                    .contains("kube-system");
            assertThat(ask("GET", server.resolve("/other/api/v1/namespaces")).statusCode())
                    .isEqualTo(403);
            assertThat(ask("GET", server.resolve("/api/v1/namespaces")).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void changesNothing() throws InterruptedException, IOException {
        try (var facade = facade()) {
            var namespace = URI.create(server(facade) + "/api/v1/namespaces/" + bench.namespace);

            for (var method : new String[] {"DELETE", "PUT", "PATCH", "POST"}) {
                assertThat(ask(method, namespace).statusCode()).as(method).isEqualTo(403);
            }
            assertThat(facade.captured()).isEmpty();
        }
    }
}
