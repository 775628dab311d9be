package io.btp.installer.host.probe;

import io.btp.installer.api.Tunnel;
import io.btp.installer.host.reach.ProxyHop;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
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
record Line(Tunnel tunnel, String host, int port, Optional<Trust> trust, Optional<ProxyHop> proxy) {
    static final int CONNECT_MILLIS = 5_000;
    static final int READ_MILLIS = 10_000;

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
        var way =
                proxy.isPresent() ? tunnel.open(proxy.get().host(), proxy.get().port()) : tunnel.open(host, port);
        var socket = new Socket();
        var connected = new Connected(socket, way);
        try {
            socket.connect(way.address(), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            if (proxy.isPresent() && trust.isPresent()) {
                proxy.get().connect(socket, host, port);
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

    /** Gives the header that logs in at the proxy, where it asks; empty otherwise. */
    String proxyLogin() {
        return proxy.flatMap(ProxyHop::authorization)
                .map("Proxy-Authorization: %s\r\n"::formatted)
                .orElse("");
    }
}
