package io.btp.installer.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A name server on loopback (RFC 1035, UDP): every name leads to one address or to none, and the texts of a name are asked
 * of somebody else. It says of other types that there are no records.
 */
final class NameServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(NameServer.class.getName());
    private static final int A = 1;
    private static final int TXT = 16;
    private static final int NAME_ERROR = 3;

    private final DatagramSocket socket;
    private final Function<String, List<String>> texts;
    private volatile Optional<String> address = Optional.empty();

    private NameServer(DatagramSocket socket, Function<String, List<String>> texts) {
        this.socket = socket;
        this.texts = texts;
    }

    /**
     * Opens one.
     *
     * @param texts gives the texts of a name, which ends without a dot
     */
    static NameServer open(Function<String, List<String>> texts) throws IOException {
        var server = new NameServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()), texts);
        Thread.ofVirtual().name("name server").start(server::serve);
        return server;
    }

    /** Lets every name lead to an address. */
    void lead(String to) {
        address = Optional.of(to);
    }

    /** Gives host and port. */
    String place() {
        var local = (InetSocketAddress) socket.getLocalSocketAddress();
        return "127.0.0.1:" + local.getPort();
    }

    private void serve() {
        var buffer = new byte[1500];
        while (!socket.isClosed()) {
            var packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                var answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "a question without an answer", e);
            }
        }
    }

    private byte[] answer(ByteBuffer question) throws IOException {
        int id = question.getShort() & 0xffff;
        question.position(12);
        var name = name(question);
        int type = question.getShort() & 0xffff;
        int end = question.position() + 2;
        var records = switch (type) {
            case A -> address.stream().map(NameServer::bytes).toList();
            case TXT -> texts.apply(name).stream().map(NameServer::text).toList();
            default -> List.<byte[]>of();
        };
        int code = type == A && records.isEmpty() ? NAME_ERROR : 0;
        var out = new ByteArrayOutputStream();
        for (int number : new int[] {id, 0x8180 | code, 1, records.size(), 0, 0}) {
            write(out, number);
        }
        out.write(question.array(), 12, end - 12);
        for (var record : records) {
            // A pointer to the name of the question; class IN, no time to live.
            for (int number : new int[] {0xc00c, type, 1, 0, 0, record.length}) {
                write(out, number);
            }
            out.write(record);
        }
        return out.toByteArray();
    }

    private static String name(ByteBuffer question) {
        var name = new StringBuilder();
        for (int length = question.get(); length > 0; length = question.get()) {
            var label = new byte[length];
            question.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (IOException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }

    private static byte[] text(String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(bytes.length + 1)
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }

    private static void write(ByteArrayOutputStream out, int number) {
        out.write(number >> 8);
        out.write(number);
    }

    @Override
    public void close() {
        socket.close();
    }
}
