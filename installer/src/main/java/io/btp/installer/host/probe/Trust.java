package io.btp.installer.host.probe;

import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.reach.Authorities;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

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

    private SSLContext context() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {verifies ? verifier() : new Anybody()}, null);
        return context;
    }

    private TrustManager verifier() {
        var own = Authorities.of(authorities);
        return (publicly ? Authorities.publicOnes().and(own) : own).manager();
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
