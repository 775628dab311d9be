package io.btp.installer.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Gives charts to one user, in three ways: a chart repository ({@code /stable}, basic authentication), an OCI registry
 * ({@code /v2}) that wants a token, and the server that gives the token ({@code /token}). Also gives whatever text is put.
 */
public final class ChartHost implements AutoCloseable {
    private static final String TOKEN = "opened-by-the-token-server";

    private final HttpServer server;
    private final String basic;
    private final String realm;
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final StringBuilder index = new StringBuilder("apiVersion: v1\nentries:\n");

    /**
     * Starts one.
     *
     * @param login user and password, with a colon between
     * @param realm address of the token server, as clients reach it
     */
    public ChartHost(String login, String realm) throws IOException {
        this.basic = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        this.realm = realm;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Gives a text to everybody. */
    public void put(String path, String text) {
        served.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a chart into the chart repository. */
    public void publish(String name, String version, byte[] archive) {
        index.append("  %1$s:\n    - {version: %2$s, digest: %3$s, urls: [%1$s-%2$s.tgz]}\n"
                .formatted(name, version, digest(archive)));
        served.put("/stable/index.yaml", index.toString().getBytes(StandardCharsets.UTF_8));
        served.put("/stable/%s-%s.tgz".formatted(name, version), archive);
    }

    /** Puts a chart into the registry. */
    public void push(String repository, String tag, byte[] archive) {
        var digest = "sha256:" + digest(archive);
        served.put("/v2/%s/blobs/%s".formatted(repository, digest), archive);
        put("/v2/%s/manifests/%s".formatted(repository, tag), """
                {"schemaVersion":2,"layers":[{"digest":"%s",
                 "mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip"}]}""".formatted(digest));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
            if (path.startsWith("/v2/") && !authorization.equals(Optional.of("Bearer " + TOKEN))) {
                refuse(exchange, "Bearer realm=\"%s\",service=\"it\",scope=\"pull\"".formatted(realm));
            } else if ((path.startsWith("/stable/") || path.equals("/token"))
                    && !authorization.equals(Optional.of(basic))) {
                refuse(exchange, "Basic realm=\"it\"");
            } else if (path.equals("/token")) {
                send(exchange, "{\"token\":\"%s\"}".formatted(TOKEN).getBytes(StandardCharsets.UTF_8));
            } else if (served.containsKey(path)) {
                send(exchange, served.getOrDefault(path, new byte[0]));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void refuse(HttpExchange exchange, String challenge) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        var words = "{\"errors\":[{\"message\":\"authentication required\"}]}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(401, words.length);
        exchange.getResponseBody().write(words);
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Packs a chart's folder under another name and version. */
    public static byte[] packed(Path chart, String name, String version, Path scratch)
            throws IOException, InterruptedException {
        var copy = Files.createTempDirectory(scratch, "chart-").resolve(name);
        run(scratch, "cp", "-r", chart.toString(), copy.toString());
        var metadata = copy.resolve("Chart.yaml");
        Files.writeString(
                metadata,
                Files.readString(metadata)
                        .replaceFirst("(?m)^name: .*$", "name: " + name)
                        .replaceFirst("(?m)^version: .*$", "version: " + version));
        var archive = copy.resolveSibling("chart.tgz");
        run(Optional.ofNullable(copy.getParent()).orElseThrow(), "tar", "-czf", archive.toString(), name);
        return Files.readAllBytes(archive);
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + List.of(command));
        }
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
