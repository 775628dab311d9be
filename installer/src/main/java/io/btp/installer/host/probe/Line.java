package io.btp.installer.host.probe;

import io.btp.installer.api.Tunnel;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * How a server is reached.
 *
 * @param tunnel the way there
 * @param host its real name, which TLS is verified against
 * @param port its port
 * @param trust whom to trust; empty for plain text
 * @param proxy the HTTP proxy on the way, if there is one
 */
record Line(Tunnel tunnel, String host, int port, Optional<Trust> trust, Optional<URI> proxy) {
    static final int CONNECT_MILLIS = 5_000;
    static final int READ_MILLIS = 10_000;

    private static final int LONGEST_ANSWER = 8_192;

    /** A connection and the way that it goes. */
    record Connected(Socket socket, Tunnel.Way way) implements Closeable {
        @Override
        public void close() throws IOException {
            try (way) {
                socket.close();
            }
        }
    }

    Line to(String otherHost, int otherPort) {
        return new Line(tunnel, otherHost, otherPort, trust, proxy);
    }

    /** Connects, with TLS where that is asked for. */
    Connected open() throws IOException, InterruptedException {
        var plain = connect();
        return trust.isEmpty() ? plain : secure(plain);
    }

    /** Connects without TLS. */
    Connected connect() throws IOException, InterruptedException {
        var way = proxy.isPresent()
                ? tunnel.open(proxy.get().getHost(), proxyPort(proxy.get()))
                : tunnel.open(host, port);
        var socket = new Socket();
        var connected = new Connected(socket, way);
        try {
            socket.connect(way.address(), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            if (proxy.isPresent() && trust.isPresent()) {
                passProxy(socket);
            }
            return connected;
        } catch (IOException failed) {
            connected.close();
            throw failed;
        }
    }

    /** Goes on with TLS on a connection without. */
    Connected secure(Connected plain) throws IOException {
        try {
            var verified = trust.orElseThrow(() -> new IllegalStateException("this line is plain"));
            return new Connected(verified.secure(plain.socket(), host, port), plain.way());
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    private void passProxy(Socket socket) throws IOException {
        var request = "CONNECT %1$s:%2$d HTTP/1.1\r\nHost: %1$s:%2$d\r\n%3$s\r\n".formatted(host, port, proxyLogin());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0 || answer.length() > LONGEST_ANSWER) {
                throw new EOFException("the proxy closed the connection");
            }
            answer.append((char) next);
        }
        if (!answer.toString().matches("(?s)HTTP/1\\.[01] 200.*")) {
            throw new ProtocolException("the proxy answered: " + answer.substring(0, answer.indexOf("\r\n")));
        }
    }

    /** Gives the header that logs in at the proxy, where its address has user and password; empty otherwise. */
    String proxyLogin() {
        return proxy.map(URI::getUserInfo)
                .map(login -> Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .map("Proxy-Authorization: Basic %s\r\n"::formatted)
                .orElse("");
    }

    private static int proxyPort(URI proxy) {
        return proxy.getPort() < 0 ? 80 : proxy.getPort();
    }
}
