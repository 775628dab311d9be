package io.btp.installer.host.backend;

import io.btp.installer.host.reach.Authorities;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A registry of images and charts as the distribution has it: with TLS, and closed to everybody but one. */
public final class RegistryServer implements AutoCloseable {
    /** Who is let in. */
    public static final String USER = "acme";

    /** By what. */
    public static final String PASSWORD = "canary-registry-5d1f";

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.cncf.helm.config.v1+json";
    private static final String LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    private final Running running;
    private final int port;
    private final HttpClient client;

    private RegistryServer(Running running, int port, HttpClient client) {
        this.running = running;
        this.port = port;
        this.client = client;
    }

    /**
     * Starts one.
     *
     * @param certificate for 127.0.0.1 and whatever name it is called by
     * @param authority PEM text of who signed it
     */
    public static RegistryServer start(Certificates.Certificate certificate, String authority)
            throws IOException, InterruptedException {
        var program = Backend.program("docker-registry", "/usr/bin/docker-registry", "/usr/local/bin/registry");
        var htpasswd = Backend.program("htpasswd", "/usr/bin/htpasswd");
        var folder = Files.createTempDirectory("btp-registry");
        int port = Running.freePort();
        Running.toTheEnd(
                folder, htpasswd.toString(), "-Bbc", folder.resolve("htpasswd").toString(), USER, PASSWORD);
        var file = Files.writeString(folder.resolve("config.yml"), """
                version: 0.1
                log: {level: error}
                storage: {filesystem: {rootdirectory: %1$s/storage}}
                http: {addr: "127.0.0.1:%2$d", tls: {certificate: %3$s, key: %4$s}}
                auth: {htpasswd: {realm: test, path: %1$s/htpasswd}}
                """.formatted(
                        folder, port, certificate.certificate(), certificate.key()));
        var running = Running.start(folder, port, List.of(program.toString(), "serve", file.toString()));
        var client = HttpClient.newBuilder()
                .sslContext(Authorities.of(authority).context())
                .build();
        return new RegistryServer(running, port, client);
    }

    /** Gives its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Puts a chart's archive into a repository. */
    public void push(String repository, String tag, byte[] archive) throws IOException, InterruptedException {
        var config = "{}".getBytes(StandardCharsets.UTF_8);
        blob(repository, config);
        blob(repository, archive);
        var manifest =
                """
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"%s","digest":"%s","size":%d},
                 "layers":[{"mediaType":"%s","digest":"%s","size":%d}]}""".formatted(MANIFEST, CONFIG, digest(config), config.length, LAYER, digest(archive), archive.length);
        send(
                "PUT",
                URI.create("https://127.0.0.1:%d/v2/%s/manifests/%s".formatted(port, repository, tag)),
                MANIFEST,
                manifest.getBytes(StandardCharsets.UTF_8));
    }

    private void blob(String repository, byte[] content) throws IOException, InterruptedException {
        var uploads = URI.create("https://127.0.0.1:%d/v2/%s/blobs/uploads/".formatted(port, repository));
        var begun = send("POST", uploads, "application/octet-stream", new byte[0]);
        var place = uploads.resolve(begun.headers().firstValue("Location").orElseThrow());
        var end = URI.create(place + (place.getQuery() == null ? "?" : "&") + "digest=" + digest(content));
        send("PUT", end, "application/octet-stream", content);
    }

    private HttpResponse<String> send(String method, URI address, String type, byte[] content)
            throws IOException, InterruptedException {
        var login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Basic " + login)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        var response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    method + " " + address + ": " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public void close() {
        client.close();
        running.close();
    }
}
