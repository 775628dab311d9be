package io.btp.installer.host.probe;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Whom a TLS connection trusts.
 *
 * @param verifies true where chain and name are verified
 * @param publicly true where the public authorities are trusted too
 * @param authorities PEM text of the authorities that are trusted; empty for none
 */
record Trust(boolean verifies, boolean publicly, String authorities) {
    private static final int HANDSHAKE_MILLIS = 5_000;

    static Trust of(Tls tls, Connection connection) {
        return switch (tls.mode()) {
            case DISABLE -> throw new IllegalArgumentException("plain connections trust nobody");
            case REQUIRE -> new Trust(false, false, "");
            case VERIFY_FULL ->
                tls.authority()
                        .map(pem -> new Trust(true, false, pem))
                        .orElseGet(() ->
                                new Trust(true, true, connection.authority().orElse("")));
        };
    }

    /** Reads what {@link #encoded} gave. */
    static Trust decoded(String text) {
        return new Trust(text.charAt(0) == 'v', text.charAt(1) == 'p', text.substring(2));
    }

    /** Gives it as one text, for a driver that takes parameters only. */
    String encoded() {
        return (verifies ? "v" : "-") + (publicly ? "p" : "-") + authorities;
    }

    /**
     * Makes a connection a TLS connection, its handshake done. On failure the socket is closed.
     *
     * @param host the name that is verified, whatever address the socket goes to
     */
    SSLSocket secure(Socket socket, String host, int port) throws IOException {
        int usual = socket.getSoTimeout();
        try {
            var prepared = prepare(socket, host, port);
            prepared.setSoTimeout(HANDSHAKE_MILLIS);
            prepared.startHandshake();
            prepared.setSoTimeout(usual);
            return prepared;
        } catch (SocketTimeoutException silent) {
            socket.close();
            throw new SSLException(Faults.SILENT_HANDSHAKE, silent);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Makes a connection a TLS connection whose handshake is still to be done. */
    SSLSocket prepare(Socket socket, String host, int port) throws IOException {
        try {
            var prepared = (SSLSocket) context().getSocketFactory().createSocket(socket, host, port, true);
            if (verifies) {
                var parameters = prepared.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                prepared.setSSLParameters(parameters);
            }
            return prepared;
        } catch (GeneralSecurityException unusable) {
            throw new SSLException(unusable);
        }
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {verifies ? verifier() : new Anybody()}, null);
        return context;
    }

    private TrustManager verifier() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (var certificate : publicly ? publicAuthorities() : List.<X509Certificate>of()) {
            store.setCertificateEntry("public-" + number++, certificate);
        }
        for (var certificate : authorities.isBlank() ? List.<X509Certificate>of() : certificates(authorities)) {
            store.setCertificateEntry("own-" + number++, certificate);
        }
        return manager(store);
    }

    private static List<X509Certificate> publicAuthorities() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return x509(factory)
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                .toList();
    }

    private static X509TrustManager manager(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return x509(factory).findFirst().orElseThrow(() -> new IllegalStateException("Java verifies X.509 chains"));
    }

    private static Stream<X509TrustManager> x509(TrustManagerFactory factory) {
        return Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast);
    }

    private static List<X509Certificate> certificates(String pem) {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
            throw new CertificateException("it holds no certificate");
        } catch (CertificateException unreadable) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.INVALID,
                                    "The certificate authorities to trust cannot be read, expected PEM text",
                                    "Name a file with one or more certificates between BEGIN and END CERTIFICATE")
                            .evidence(List.of(String.valueOf(unreadable.getMessage()))),
                    unreadable);
        }
    }

    /** Trusts whoever answers: what "require" means, as PostgreSQL defined it. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
