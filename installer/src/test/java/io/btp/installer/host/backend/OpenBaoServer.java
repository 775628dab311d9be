package io.btp.installer.host.backend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenBao, which speaks the protocol of HashiCorp Vault, with everything in memory. It listens with TLS, and plain for
 * its administration by the tests; {@code it/servers/prepare} gets it.
 */
public final class OpenBaoServer implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Running running;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final int plainPort;
    private String rootToken = "";
    private String unsealKey = "";

    private OpenBaoServer(Running running, int port, int plainPort) {
        this.running = running;
        this.port = port;
        this.plainPort = plainPort;
    }

    /** Starts one that was never initialised. */
    public static OpenBaoServer start(Certificates.Certificate certificate) throws IOException, InterruptedException {
        var program = Servers.folder("OpenBao", "openbao", "bin").resolve("bao");
        var folder = Files.createTempDirectory("btp-openbao");
        int port = Running.freePort();
        int plainPort = Running.freePort();
        var file = folder.resolve("bao.hcl");
        Files.writeString(file, """
                storage "inmem" {}
                listener "tcp" {
                  address = "127.0.0.1:%d"
                  tls_cert_file = "%s"
                  tls_key_file = "%s"
                }
                listener "tcp" {
                  address = "127.0.0.1:%d"
                  tls_disable = true
                }
                api_addr = "https://127.0.0.1:%d"
                """.formatted(port, certificate.certificate(), certificate.key(), plainPort, port));
        var command = List.of(program.toString(), "server", "-config=" + file);
        return new OpenBaoServer(Running.start(folder, port, command), port, plainPort);
    }

    /** Initialises and unseals it, and turns on a key-value store of version 2 at {@code secret}. */
    public OpenBaoServer initialised() throws IOException, InterruptedException {
        var made = ask("PUT", "sys/init", Map.of("secret_shares", 1, "secret_threshold", 1));
        rootToken = String.valueOf(made.get("root_token"));
        unsealKey = String.valueOf(((List<?>) made.getOrDefault("keys", List.of())).getFirst());
        unseal();
        ask("POST", "sys/mounts/secret", Map.of("type", "kv", "options", Map.of("version", "2")));
        return this;
    }

    /** Unseals it. */
    public void unseal() throws IOException, InterruptedException {
        ask("PUT", "sys/unseal", Map.of("key", unsealKey));
    }

    /** Seals it. */
    public void seal() throws IOException, InterruptedException {
        ask("PUT", "sys/seal", Map.of());
    }

    /** Gives the token that may do everything. */
    public String rootToken() {
        return rootToken;
    }

    /** Makes a token that lives as long as is said, for example {@code 720h}, with one policy in HCL. */
    public String token(String name, String timeToLive, String policy) throws IOException, InterruptedException {
        ask("PUT", "sys/policies/acl/" + name, Map.of("policy", policy));
        var made = ask(
                "POST",
                "auth/token/create-orphan",
                Map.of("policies", List.of(name), "ttl", timeToLive, "explicit_max_ttl", timeToLive));
        return String.valueOf(((Map<?, ?>) made.getOrDefault("auth", Map.of())).get("client_token"));
    }

    /** Asks as the administrator; gives what was answered, empty where that is nothing. */
    public Map<String, Object> ask(String method, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/v1/%s".formatted(plainPort, path)))
                .header("X-Vault-Token", rootToken)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
                .build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 404) {
            return Map.of();
        }
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(method + " " + path + ": " + answer.body());
        }
        return answer.body().isEmpty()
                ? Map.of()
                : MAPPER.readValue(answer.body(), new TypeReference<Map<String, Object>>() {});
    }

    /** Gives its port on 127.0.0.1 that speaks TLS. */
    public int port() {
        return port;
    }

    /** Gives its port on 127.0.0.1 that does not. */
    public int plainPort() {
        return plainPort;
    }

    @Override
    public void close() {
        client.close();
        running.close();
    }
}
