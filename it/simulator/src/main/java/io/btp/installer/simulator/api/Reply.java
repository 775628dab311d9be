package io.btp.installer.simulator.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The way back to one client. */
final class Reply {
    private final InputStream in;
    private final OutputStream out;
    private final boolean isHead;
    private boolean reusable = true;

    Reply(InputStream in, OutputStream out, boolean isHead) {
        this.in = in;
        this.out = out;
        this.isHead = isHead;
    }

    void send(int code, String type, byte[] body) throws IOException {
        head(code, type, "Content-Length: " + body.length);
        if (!isHead) {
            out.write(body);
        }
        out.flush();
    }

    /** Begins an answer that comes in parts; {@code gone} is called when the client went away. */
    void begin(String type, Runnable gone) throws IOException {
        reusable = false;
        head(200, type, "Transfer-Encoding: chunked");
        out.flush();
        Thread.ofVirtual().start(() -> {
            awaitEnd();
            gone.run();
        });
    }

    private void awaitEnd() {
        try {
            while (in.read() >= 0) {
                // A client of a stream has nothing more to say.
            }
        } catch (IOException closed) {
            // Gone as well.
        }
    }

    void part(byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    boolean isReusable() {
        return reusable;
    }

    private void head(int code, String type, String length) throws IOException {
        var head = "HTTP/1.1 %d %s\r\nContent-Type: %s\r\n%s\r\nCache-Control: no-cache, private\r\n\r\n"
                .formatted(code, code < 400 ? "OK" : "Refused", type, length);
        out.write(head.getBytes(StandardCharsets.US_ASCII));
    }
}
