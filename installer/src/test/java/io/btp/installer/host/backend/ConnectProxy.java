package io.btp.installer.host.backend;

import io.btp.installer.api.Login;
import io.btp.installer.api.contract.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy on loopback that leads every request to one port, and keeps what was asked of it. */
public final class ConnectProxy implements AutoCloseable {
    /** Who it is asked as, in tests of logins. */
    public static final Login LOGIN = new Login("user", Secret.of("p@ss/word"));

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> logins = new CopyOnWriteArrayList<>();
    private final int target;

    /** Starts one that leads to this port on loopback. */
    public ConnectProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::serve);
    }

    /** Gives its address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Gives the first lines. */
    public List<String> requests() {
        return requests;
    }

    /** Gives the headers that logged in. */
    public List<String> logins() {
        return logins;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                Thread.ofVirtual().start(() -> lead(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void lead(Socket client) {
        try (client;
                var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            var head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            var lines = head.lines().toList();
            requests.add(lines.getFirst());
            lines.stream()
                    .filter(line -> line.startsWith("Proxy-Authorization"))
                    .forEach(logins::add);
            if (head.startsWith("CONNECT")) {
                client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                server.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            }
            Thread.ofVirtual().start(() -> copy(client, server));
            server.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException gone) {
            Thread.currentThread().interrupt();
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                return head.toString();
            }
        }
        return "";
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
