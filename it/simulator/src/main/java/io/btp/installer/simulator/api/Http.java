package io.btp.installer.simulator.api;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * HTTP/1.1 over TLS on the loopback interface, a virtual thread for each connection. The server of the JDK would do, but it can
 * not tell that the client of a watch has gone before it writes to it.
 */
final class Http implements AutoCloseable {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_HEADERS = 200;
    private static final int LONGEST_BODY = 16 * 1024 * 1024;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final ServerSocket server;
    private final SSLSocketFactory tls;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Answers a request, by one call of the reply. */
    interface Handler {
        void handle(Request request, Reply reply) throws IOException, InterruptedException;
    }

    private Http(ServerSocket server, SSLSocketFactory tls, Handler handler) {
        this.server = server;
        this.tls = tls;
        this.handler = handler;
    }

    /** Serves on a port, or on a free one where that port is taken or 0. */
    static Http open(int port, SSLContext tls, Handler handler) throws IOException {
        var http = new Http(listen(port), tls.getSocketFactory(), handler);
        Thread.ofVirtual().name("embedded-api").start(http::accept);
        return http;
    }

    private static ServerSocket listen(int port) throws IOException {
        try {
            return bound(port);
        } catch (IOException taken) {
            return bound(0);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 256);
            return socket;
        } catch (IOException taken) {
            socket.close();
            throw taken;
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                connections.add(socket);
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException failed) {
                // Closed; or out of file descriptors, which takes others a while to give back.
                if (awaitClose()) {
                    return;
                }
            }
        }
    }

    private boolean awaitClose() {
        try {
            return closed.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void converse(Socket plain) {
        try (plain;
                var socket = (SSLSocket) tls.createSocket(plain, null, plain.getPort(), true)) {
            plain.setTcpNoDelay(true);
            socket.setUseClientMode(false);
            var in = new BufferedInputStream(socket.getInputStream());
            var out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            var goesOn = true;
            while (goesOn) {
                goesOn = exchange(in, out);
            }
        } catch (IOException gone) {
            // The client went away, or spoke no HTTP: there is nobody to tell.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(plain);
        }
    }

    private boolean exchange(InputStream in, OutputStream out) throws IOException, InterruptedException {
        var first = line(in);
        if (first.isEmpty()) {
            return false;
        }
        var words = first.split(" ");
        if (words.length != 3) {
            throw new IOException("no HTTP request");
        }
        var headers = headers(in);
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        var body = body(in, headers);
        int mark = words[1].indexOf('?');
        var path = mark < 0 ? words[1] : words[1].substring(0, mark);
        var query = query(mark < 0 ? "" : words[1].substring(mark + 1));
        var reply = new Reply(in, out, words[0].equals("HEAD"));
        handler.handle(new Request(words[0], path, query, headers, body), reply);
        return reply.isReusable() && !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MOST_HEADERS) {
                throw new IOException("no HTTP header");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + "," + other);
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return in.readNBytes(length(headers.getOrDefault("content-length", "0"), 10));
        }
        var body = new ByteArrayOutputStream();
        for (int size = length(line(in).split(";")[0].strip(), 16);
                size > 0;
                size = length(line(in).split(";")[0].strip(), 16)) {
            if (body.size() + size > LONGEST_BODY) {
                throw new IOException("the body is too long");
            }
            body.write(in.readNBytes(size));
            line(in);
        }
        while (!line(in).isEmpty()) {
            // Trailers say nothing here.
        }
        return body.toByteArray();
    }

    private static int length(String text, int radix) throws IOException {
        try {
            int length = Integer.parseInt(text, radix);
            if (length >= 0 && length <= LONGEST_BODY) {
                return length;
            }
        } catch (NumberFormatException wrong) {
            throw new IOException("no length: " + text, wrong);
        }
        throw new IOException("the body is too long: " + text);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("the line is too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static Map<String, String> query(String text) {
        var query = new LinkedHashMap<String, String>();
        for (var pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException damaged) {
            return text;
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (var socket : connections) {
            socket.close();
        }
    }
}
