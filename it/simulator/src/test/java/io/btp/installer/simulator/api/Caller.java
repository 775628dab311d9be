package io.btp.installer.simulator.api;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Asks the API by plain HTTP, as no client library would get in the way. */
final class Caller implements AutoCloseable {
    static final String APPLY = "application/apply-patch+yaml";
    static final String MERGE = "application/merge-patch+json";
    static final String STRATEGIC = "application/strategic-merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";

    private final EmbeddedApi api;
    private final HttpClient client;

    record Answer(int status, JsonNode body) {
        String reason() {
            return body.path("reason").asStringOpt().orElse("");
        }

        String message() {
            return body.path("message").asStringOpt().orElse("");
        }

        JsonNode at(String pointer) {
            return body.at(pointer);
        }

        String text(String pointer) {
            return body.at(pointer).asStringOpt().orElse("");
        }
    }

    Caller(EmbeddedApi api) throws IOException {
        this.api = api;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(api.trust())
                .build();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", "");
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", body);
    }

    Answer put(String path, JsonNode body) throws IOException, InterruptedException {
        return send("PUT", path, "application/json", Nodes.write(body));
    }

    Answer patch(String path, String type, String body) throws IOException, InterruptedException {
        return send("PATCH", path, type, body);
    }

    Answer apply(String path, String manager, String body) throws IOException, InterruptedException {
        return send("PATCH", path + (path.contains("?") ? "&" : "?") + "fieldManager=" + manager, APPLY, body);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "application/json", "");
    }

    Answer send(String method, String path, String type, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(api.server().resolve(path))
                .header("Authorization", "Bearer " + api.token())
                .header("Content-Type", type)
                .header("User-Agent", "caller/1")
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), Nodes.read(response.body()));
    }

    @Override
    public void close() {
        client.close();
    }
}
