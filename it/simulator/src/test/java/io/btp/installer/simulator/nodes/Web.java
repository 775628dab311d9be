package io.btp.installer.simulator.nodes;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Calls Ingresses at their address, whatever name they have. */
final class Web {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final int plainPort;
    private final int securePort;

    Web(int plainPort, int securePort) {
        this.plainPort = plainPort;
        this.securePort = securePort;
    }

    /** Calls until the answer has this status; gives up after a minute. */
    void await(String address, String host, int status) throws InterruptedException {
        var end = Instant.now().plus(LIMIT);
        var last = "";
        while (Instant.now().isBefore(end)) {
            try {
                last = answer(address, host, "/");
                if (last.startsWith("HTTP/1.1 " + status)) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no answer with status %d from %s, the last was %s".formatted(status, host, last));
    }

    String body(String address, String host) throws IOException {
        return body(address, host, "/");
    }

    String body(String address, String host, String path) throws IOException {
        return answer(address, host, path);
    }

    private String answer(String address, String host, String path) throws IOException {
        try (var socket = new Socket(address, plainPort)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, host)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Gives the certificate that is shown for a host. */
    Certificate certificate(String address, String host) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new X509ExtendedTrustManager[] {new Any()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(address, securePort)) {
            socket.setSoTimeout(5_000);
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    /** Looks at certificates without judging them. */
    private static final class Any extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
