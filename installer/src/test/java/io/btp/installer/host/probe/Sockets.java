package io.btp.installer.host.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** A server on loopback that answers whatever is said with the same bytes, or stays silent. */
final class Sockets implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> taken = new CopyOnWriteArrayList<>();

    private Sockets(ServerSocket socket) {
        this.socket = socket;
    }

    /** Gives a port that nothing listens at. */
    static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static Sockets answering(String text) throws IOException {
        return answering((int first) -> text);
    }

    /**
     * Answers each connection.
     *
     * @param text gives the answer by the first byte of what is said
     */
    static Sockets answering(IntFunction<String> text) throws IOException {
        var server = new Sockets(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> server.serve(text));
        return server;
    }

    /** Takes connections and never answers. */
    static Sockets silent() throws IOException {
        return new Sockets(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve(IntFunction<String> text) {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                taken.add(client);
                Thread.ofVirtual().start(() -> answer(client, text));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void answer(Socket client, IntFunction<String> text) {
        try (client) {
            int first = client.getInputStream().read();
            if (first >= 0) {
                client.getOutputStream().write(text.apply(first).getBytes(StandardCharsets.US_ASCII));
                client.getOutputStream().flush();
                client.shutdownOutput();
                client.getInputStream().skip(Long.MAX_VALUE);
            }
        } catch (IOException gone) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var client : taken) {
            client.close();
        }
    }
}
