package io.btp.installer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Leads connections on, from a socket file to a port of loopback or the other way round. A socket file is seen from every
 * network of this machine, so that one port, and nothing else, can be led into a network that has none.
 */
public final class Relay implements AutoCloseable {
    private final ServerSocketChannel server;
    private final SocketAddress target;

    private Relay(ServerSocketChannel server, SocketAddress target) {
        this.server = server;
        this.target = target;
        Thread.ofVirtual().start(this::serve);
    }

    /** Leads from a socket file to a port. */
    public static Relay toPort(Path file, int port) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(file));
        return new Relay(server, loopback(port));
    }

    private static Relay toFile(int port, Path file) throws IOException {
        var server = ServerSocketChannel.open();
        server.bind(loopback(port));
        return new Relay(server, UnixDomainSocketAddress.of(file));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Leads from a port to a socket file, as a process of its own, until its standard input ends. */
    public static void main(String... arguments) throws IOException {
        try (var relay = toFile(Integer.parseInt(arguments[0]), Path.of(arguments[1]))) {
            System.out.println("ready");
            while (System.in.read() >= 0) {
                // Who started this keeps standard input open as long as it is needed.
            }
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> lead(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void lead(SocketChannel client) {
        try (client;
                var onward = SocketChannel.open(target)) {
            var back = Thread.ofVirtual().start(() -> copy(onward, client));
            copy(client, onward);
            back.join();
        } catch (IOException gone) {
            // Whoever is at the other end sees it closed.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(16_384);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
