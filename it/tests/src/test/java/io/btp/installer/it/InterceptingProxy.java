package io.btp.installer.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A proxy as companies have them: it asks for a login, and looks into TLS with certificates of its own authority, made as
 * they are needed. It alone knows where names lead, and notes who was asked for.
 */
public final class InterceptingProxy implements AutoCloseable {
    /** Where a name leads: a port on loopback. */
    public record Target(int port, boolean encrypted) {}

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Authority authority;
    private final String login;
    private final Map<String, Target> targets;
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    /**
     * Starts one.
     *
     * @param login user and password, with a colon between
     * @param targets by {@code host:port}
     */
    public InterceptingProxy(Authority authority, String login, Map<String, Target> targets) throws IOException {
        this.authority = authority;
        this.login = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        this.targets = Map.copyOf(targets);
        Thread.ofVirtual().start(this::serve);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Gives everybody whom somebody who logged in was led to. */
    public Set<String> asked() {
        return new TreeSet<>(asked);
    }

    /** Gives what was refused, or should not have been sent. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> lead(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void lead(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            var line = head.lines().findFirst().orElse("");
            if (line.isEmpty()) {
                return;
            }
            if (!header(head, "Proxy-Authorization").equals(Optional.of(login))) {
                refuse(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"it\"", line);
                return;
            }
            var name = line.split(" ")[1];
            if (!line.startsWith("CONNECT ") || !targets.containsKey(name)) {
                refuse(client, "502 Bad Gateway", line);
                return;
            }
            asked.add(name);
            client.getOutputStream()
                    .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            intercept(client, name, Optional.ofNullable(targets.get(name)).orElseThrow());
        } catch (IOException | GeneralSecurityException | InterruptedException gone) {
            // Who was cut off says so; that is what the tests look at.
        }
    }

    private void refuse(Socket client, String answer, String line) throws IOException {
        refused.add(answer.substring(0, 3) + " " + line);
        client.getOutputStream()
                .write(("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private void intercept(Socket client, String name, Target target)
            throws IOException, GeneralSecurityException, InterruptedException {
        var context = authority.contextFor(name.substring(0, name.lastIndexOf(':')));
        try (var open = (SSLSocket)
                        context.getSocketFactory().createSocket(client, InputStream.nullInputStream(), true);
                var onward = connect(target)) {
            open.setUseClientMode(false);
            open.startHandshake();
            var first = first(open.getInputStream());
            if (header(first, "Proxy-Authorization").isPresent()) {
                refused.add("the proxy's login was sent on to " + name);
            }
            onward.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
            onward.getOutputStream().flush();
            var back = Thread.ofVirtual().start(() -> copy(onward, open));
            copy(open, onward);
            back.join();
        }
    }

    private static Socket connect(Target target) throws IOException, GeneralSecurityException {
        var plain = new Socket(InetAddress.getLoopbackAddress(), target.port());
        if (!target.encrypted()) {
            return plain;
        }
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context.getSocketFactory().createSocket(plain, "localhost", target.port(), true);
    }

    /** Reads the head of a request. */
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

    private static String first(InputStream in) throws IOException {
        var first = new ByteArrayOutputStream();
        first.write(head(in).getBytes(StandardCharsets.ISO_8859_1));
        return first.toString(StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static void copy(Socket from, Socket to) {
        var buffer = new byte[16_384];
        try {
            OutputStream out = to.getOutputStream();
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            // It is of no use any more either way.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** The servers behind are this test's own. */
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
