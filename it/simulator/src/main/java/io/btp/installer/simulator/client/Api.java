package io.btp.installer.simulator.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Speaks HTTP with a Kubernetes API: one method a request, every one bounded by time and size. */
final class Api implements AutoCloseable {
    /**
     * How long the server lets a watch live; the client hangs up a little later. Short, as a watch outlives its kind:
     * when a definition is removed and made again, the API server goes on serving the old storage, in which nothing
     * happens any more.
     */
    static final Duration WATCH = Duration.ofSeconds(15);

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LARGEST = 256 << 20;

    private final Connection connection;
    private final HttpClient client;

    Api(Connection connection) {
        this.connection = connection;
        var builder =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).proxy(HttpClient.Builder.NO_PROXY);
        if (connection.server().getScheme().equals("http")) {
            // an upgrade to HTTP/2 in clear text is nothing that servers of an API know
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        connection.authority().ifPresent(authority -> builder.sslContext(trusting(authority)));
        this.client = builder.build();
    }

    private static SSLContext trusting(String authority) {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(Pem.trusted(authority));
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "The certificate authority of " + authority.length() + " characters is no PEM certificate", e);
        }
    }

    ObjectNode get(String path) throws IOException, InterruptedException {
        return call(request(path).GET());
    }

    ObjectNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        return call(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    ObjectNode put(String path, ObjectNode body) throws IOException, InterruptedException {
        return call(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    ObjectNode patch(String path, ObjectNode body) throws IOException, InterruptedException {
        return call(request(path)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    ObjectNode delete(String path, ObjectNode options) throws IOException, InterruptedException {
        return call(request(path)
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofByteArray(Json.bytes(options))));
    }

    /** Opens a watch; its stream has an event a line. */
    InputStream watch(String path, String version) throws IOException, InterruptedException {
        var query = "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + WATCH.toSeconds() + "&resourceVersion="
                + version;
        var response = client.send(request(path + query).GET().build(), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (var body = response.body()) {
            throw refusal(response.statusCode(), body.readNBytes(LARGEST));
        }
    }

    /** Gives every kind that is served with these verbs, each group in the version the server prefers. */
    List<Kind> kinds(List<String> verbs) throws IOException, InterruptedException {
        var kinds = new ArrayList<Kind>();
        var versions = new ArrayList<String>(List.of("/api/v1"));
        Json.items(get("/apis"), "groups")
                .forEach(group -> versions.add("/apis/" + Json.text(group, "preferredVersion", "groupVersion")));
        for (var version : versions) {
            var list = get(version);
            Json.items(list, "resources")
                    .filter(resource -> !Json.text(resource, "name").contains("/"))
                    .filter(resource -> verbs.stream()
                            .allMatch(verb -> Json.items(resource, "verbs")
                                    .anyMatch(item -> item.asString("").equals(verb))))
                    .forEach(resource -> kinds.add(Kind.of(Json.text(list, "groupVersion"), resource)));
        }
        return kinds;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(connection.server().toString().replaceAll("/$", "") + path))
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .header("User-Agent", "btp-simulator")
                .header("Authorization", "Bearer " + connection.token());
    }

    private ObjectNode call(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
        if (response.statusCode() >= 300) {
            throw refusal(response.statusCode(), response.body());
        }
        return parsed(response.body());
    }

    static ObjectNode parsed(byte[] body) throws IOException {
        try {
            return Json.parse(body);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("The API answered with something that is not a JSON object", e);
        }
    }

    private static ApiException refusal(int status, byte[] body) {
        try {
            var said = Json.parse(body);
            return new ApiException(status, Json.text(said, "reason"), status + " " + Json.text(said, "message"));
        } catch (JacksonException | IllegalArgumentException e) {
            return new ApiException(status, "", "HTTP status " + status);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
