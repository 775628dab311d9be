package io.btp.installer.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.contract.Cluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks the API that a kubeconfig of the sandbox leads to. */
record Api(URI server, String token, SSLContext trust) {
    static Api of(Cluster cluster) {
        var kubeconfig = cluster.access().reveal();
        var authority = Base64.getDecoder().decode(field(kubeconfig, "certificate-authority-data"));
        return new Api(URI.create(field(kubeconfig, "server")), field(kubeconfig, "token"), trusting(authority));
    }

    private static String field(String kubeconfig, String name) {
        var matcher = Pattern.compile(name + ": (\\S+)").matcher(kubeconfig);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    private static SSLContext trusting(byte[] authority) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var certificates = CertificateFactory.getInstance("X.509");
            store.setCertificateEntry("sandbox", certificates.generateCertificate(new ByteArrayInputStream(authority)));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new AssertionError("the kubeconfig holds no certificate", unreadable);
        }
    }

    int status(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build()).statusCode();
    }

    String read(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build()).body();
    }

    void create(String path, String body) throws IOException, InterruptedException {
        var response = send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().sslContext(trust).build()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }
}
