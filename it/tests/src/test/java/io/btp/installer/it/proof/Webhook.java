package io.btp.installer.it.proof;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.btp.installer.it.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;

/** An admission webhook on loopback that refuses whatever it is asked about. */
final class Webhook implements AutoCloseable {
    static final String WORDS = "acme allows no load balancers";
    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]+)\"");

    private final HttpsServer server;
    private final Authority authority;

    Webhook(Authority authority) throws IOException, GeneralSecurityException, InterruptedException {
        this.authority = authority;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.contextFor("localhost")));
        server.createContext("/", exchange -> {
            try (exchange) {
                var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var uid = UID.matcher(asked);
                var answer =
                        """
                        {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview",
                         "response":{"uid":"%s","allowed":false,"status":{"message":"%s"}}}""".formatted(uid.find() ? uid.group(1) : "", WORDS).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    /** Gives the configuration of a webhook at an address, for what a CEL expression names. */
    static String configuration(String name, String address, String authority, String resource, String which) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: %1$s}
                webhooks:
                  - name: %1$s.btp.example
                    admissionReviewVersions: [v1]
                    sideEffects: None
                    failurePolicy: Fail
                    timeoutSeconds: 2
                    clientConfig: {url: "%2$s", caBundle: "%3$s"}
                    rules: [{apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [%4$s]}]
                    matchConditions: [{name: which, expression: "%5$s"}]
                """.formatted(name, address, authority, resource, which);
    }

    /** Gives its configuration. */
    String configuration(String name, String resource, String which) throws IOException {
        return configuration(
                name,
                "https://localhost:" + server.getAddress().getPort() + "/",
                Base64.getEncoder().encodeToString(Files.readAllBytes(authority.file())),
                resource,
                which);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
