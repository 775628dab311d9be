package io.btp.installer.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.contract.Cluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/** Asks the API that a kubeconfig of the sandbox leads to. */
record Api(URI server, String token) {
    static Api of(Cluster cluster) {
        var kubeconfig = cluster.access().reveal();
        return new Api(URI.create(field(kubeconfig, "server")), field(kubeconfig, "token"));
    }

    private static String field(String kubeconfig, String name) {
        var matcher = Pattern.compile(name + ": (\\S+)").matcher(kubeconfig);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    int status(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request(path).GET().build(), BodyHandlers.discarding()).statusCode();
        }
    }

    String read(String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request(path).GET().build(), BodyHandlers.ofString()).body();
        }
    }

    void create(String path, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = request(path).header("Content-Type", "application/json");
            var response = client.send(
                    request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }
}
