package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Connection;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged kubeconfigs, what login programs answer, and keys in every form. */
class KubeconfigFuzzTest {
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ofMillis(1), pause -> {});
    private static final String WHOLE = """
            apiVersion: v1
            kind: Config
            current-context: a
            clusters:
              - name: a
                cluster: {server: "https://127.0.0.1:6443/base", certificate-authority: ca.pem, tls-server-name: api}
              - name: b
                cluster: {server: "https://b.example", insecure-skip-tls-verify: true, proxy-url: "http://p.example"}
            users:
              - name: a
                user: {token: t, username: u, password: p, as: other, as-groups: [g]}
              - name: b
                user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, args: [a], env: [{name: A, value: b}], interactiveMode: Never, provideClusterInfo: true}}
              - name: c
                user: {client-certificate-data: QUJD, client-key-data: LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCkFBQUEKLS0tLS1FTkQgUFJJVkFURSBLRVktLS0tLQo=}
              - name: d
                user: {tokenFile: token}
            contexts:
              - {name: a, context: {cluster: a, user: a, namespace: x}}
              - {name: b, context: {cluster: b, user: b}}
              - {name: c, context: {cluster: a, user: c}}
              - {name: d, context: {cluster: b, user: d}}
            """;

    @TempDir
    private Path folder;

    /** Reads it in each of its contexts, and opens what can be opened; contacts nothing. */
    private String read(byte[] content, String said) throws IOException {
        var file = Files.write(folder.resolve("config"), content);
        var kubeconfigs = new Kubeconfigs(
                Map.of("HOME", folder.toString()),
                folder,
                Clock.systemUTC(),
                (command, environment, deadline) -> new Programs.Ended(Optional.of(0), said, ""),
                environment -> environment);
        var answer = new StringBuilder();
        for (var context : new String[] {"", "b", "c", "d"}) {
            try {
                var chosen = Optional.of(context).filter(name -> !name.isEmpty());
                open(kubeconfigs.read(Optional.of(file.toString()), chosen));
                answer.append("opened\n");
            } catch (ProviderException refused) {
                answer.append(refused.problem().summary()).append('\n');
            }
        }
        return answer.toString().replace(folder.toString(), "");
    }

    private static void open(Secret kubeconfig) {
        Session.open(kubeconfig, Connection.direct(), LIMITS).close();
    }

    @Test
    void damagedFiles() throws IOException {
        Files.writeString(folder.resolve("ca.pem"), "no certificate");
        Files.writeString(folder.resolve("token"), "t");
        new Fuzz("kubeconfig", content -> read(content, "{\"status\": {\"token\": \"t\"}}"))
                .from(WHOLE.getBytes(StandardCharsets.UTF_8))
                .run();
    }

    @Test
    void damagedCredentials() throws IOException {
        Files.writeString(folder.resolve("token"), "t");
        var whole = WHOLE.getBytes(StandardCharsets.UTF_8);
        new Fuzz("credential", said -> read(whole, new String(said, StandardCharsets.UTF_8)))
                .from("""
                        {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status":
                        {"token": "t", "clientCertificateData": "c", "clientKeyData": "-----BEGIN EC PRIVATE KEY-----",
                        "expirationTimestamp": "2026-01-01T00:00:00Z"}}""".getBytes(StandardCharsets.UTF_8))
                .run();
    }
}
