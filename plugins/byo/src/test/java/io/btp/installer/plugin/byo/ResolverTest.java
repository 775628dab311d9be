package io.btp.installer.plugin.byo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.btp.installer.api.ProviderException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final int NO_SUCH_NAME = 3;

    /** A DNS server that knows one address: every question for an A record under known. is answered with it. */
    private static final class Server implements AutoCloseable {
        private final DatagramSocket socket;

        Server() throws IOException {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::serve);
        }

        String name() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        private void serve() {
            var buffer = new byte[512];
            while (!socket.isClosed()) {
                try {
                    var question = new DatagramPacket(buffer, buffer.length);
                    socket.receive(question);
                    var answer = answer(buffer, question.getLength());
                    socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                } catch (IOException closed) {
                    return;
                }
            }
        }

        private static byte[] answer(byte[] question, int length) {
            int end = 12;
            while (question[end] != 0) {
                end += question[end] + 1;
            }
            var isKnown = question[12] == 5;
            var answer = new ByteArrayOutputStream();
            answer.write(question, 0, 2);
            answer.writeBytes(new byte[] {(byte) 0x85, (byte) (isKnown ? 0x80 : 0x80 | NO_SUCH_NAME)});
            answer.writeBytes(new byte[] {0, 1, 0, (byte) (isKnown ? 1 : 0), 0, 0, 0, 0});
            answer.write(question, 12, end + 5 - 12);
            if (isKnown) {
                answer.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 203, 0, 113, 7});
            }
            return answer.toByteArray();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Test
    void asksTheServerThatIsNamed() throws IOException {
        try (var server = new Server()) {
            var resolver = Resolver.of(Optional.of(server.name()));

            assertThat(resolver.addresses("known.acme.example")).containsExactly("203.0.113.7");
            assertThat(resolver.addresses("nobody.acme.example")).isEmpty();
        }
    }

    @Test
    void saysThatTheServerDoesNotAnswer() throws IOException {
        var gone = new Server();
        gone.close();

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> Resolver.of(Optional.of(gone.name())).addresses("known.acme.example"))
                .withMessageContaining("does not tell where known.acme.example leads");
    }

    @Test
    void asksTheSystemOtherwise() {
        assertThat(Resolver.of(Optional.empty()).addresses("localhost")).contains("127.0.0.1");
        assertThat(Resolver.of(Optional.empty()).addresses("nobody.invalid")).isEmpty();
    }
}
