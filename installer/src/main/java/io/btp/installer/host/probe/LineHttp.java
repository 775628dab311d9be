package io.btp.installer.host.probe;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * HTTP over a line: one connection for each request. The JDK's clients cannot connect to one address and verify another
 * name, as a tunnel needs. Bodies are small and bounded.
 */
final class LineHttp implements SdkHttpClient {
    private static final int LARGEST = 4 << 20;
    private static final int LONGEST_LINE = 16_384;
    private static final int HEADERS = 200;
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding");

    private final Line line;

    LineHttp(Line line) {
        this.line = line;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return exchange(request);
            }

            // Whoever gives up interrupts the thread, which closes the socket.
            @Override
            public void abort() {}
        };
    }

    @Override
    public void close() {}

    private HttpExecuteResponse exchange(HttpExecuteRequest request) throws IOException {
        var http = request.httpRequest();
        try (var connected = line.to(http.host(), http.port()).open()) {
            var out = connected.socket().getOutputStream();
            out.write(head(http, body(request).length));
            out.write(body(request));
            out.flush();
            return answer(new BufferedInputStream(connected.socket().getInputStream()), http.method());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("interrupted");
            stopped.initCause(interrupted);
            throw stopped;
        }
    }

    private static byte[] body(HttpExecuteRequest request) throws IOException {
        if (request.contentStreamProvider().isEmpty()) {
            return new byte[0];
        }
        try (var stream = request.contentStreamProvider().get().newStream()) {
            return stream.readNBytes(LARGEST);
        }
    }

    private byte[] head(SdkHttpRequest http, int length) {
        var path = http.encodedPath().isEmpty() ? "/" : http.encodedPath();
        var target =
                path + http.encodedQueryParameters().map(query -> "?" + query).orElse("");
        var viaProxy = line.proxy().isPresent() && line.trust().isEmpty();
        var host = http.firstMatchingHeader("Host").orElseGet(() -> authority(http));
        var head = new StringBuilder();
        head.append("%s %s HTTP/1.1\r\n".formatted(http.method(), viaProxy ? "http://" + host + target : target));
        head.append("Host: %s\r\nConnection: close\r\n".formatted(host));
        if (viaProxy) {
            head.append(line.proxyLogin());
        }
        if (length > 0 || http.method() == SdkHttpMethod.PUT || http.method() == SdkHttpMethod.POST) {
            head.append("Content-Length: %d\r\n".formatted(length));
        }
        http.forEachHeader((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> head.append("%s: %s\r\n".formatted(name, value)));
            }
        });
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String authority(SdkHttpRequest http) {
        var usual = http.protocol().equals("https") ? 443 : 80;
        return http.port() == usual ? http.host() : http.host() + ":" + http.port();
    }

    private static HttpExecuteResponse answer(InputStream in, SdkHttpMethod method) throws IOException {
        var response = SdkHttpFullResponse.builder();
        int status;
        List<Map.Entry<String, String>> headers;
        do {
            status = status(line(in));
            headers = headers(in);
        } while (status / 100 == 1);
        headers.forEach(header -> response.appendHeader(header.getKey(), header.getValue()));
        response.statusCode(status);
        var empty = method == SdkHttpMethod.HEAD || status == 204 || status == 304;
        var body = empty ? new byte[0] : content(in, headers);
        return HttpExecuteResponse.builder()
                .response(response.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    private static int status(String line) throws ProtocolException {
        var parts = line.split(" ", 3);
        if (!line.startsWith("HTTP/1.") || parts.length < 2 || !parts[1].matches("\\d{3}")) {
            throw new ProtocolException("expected an answer in HTTP, got other bytes");
        }
        return Integer.parseInt(parts[1]);
    }

    private static List<Map.Entry<String, String>> headers(InputStream in) throws IOException {
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() == HEADERS) {
                throw new ProtocolException("expected headers of HTTP");
            }
            headers.add(Map.entry(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private static byte[] content(InputStream in, List<Map.Entry<String, String>> headers) throws IOException {
        if (header(headers, "transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            return chunked(in);
        }
        var length = header(headers, "content-length");
        if (!length.matches("\\d{1,9}")) {
            return bounded(in.readNBytes(LARGEST + 1));
        }
        int expected = Integer.parseInt(length);
        var body = in.readNBytes(Math.min(expected, LARGEST + 1));
        if (bounded(body).length < expected) {
            throw new EOFException("the answer was cut");
        }
        return body;
    }

    private static byte[] chunked(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = line(in).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}")) {
                throw new ProtocolException("expected the size of a chunk");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                return body.toByteArray();
            }
            var chunk = in.readNBytes(Math.min(length, LARGEST + 1));
            if (chunk.length < length) {
                throw new EOFException("the answer was cut");
            }
            body.write(chunk);
            if (body.size() > LARGEST) {
                throw tooLarge();
            }
            line(in);
        }
    }

    private static byte[] bounded(byte[] body) throws ProtocolException {
        if (body.length > LARGEST) {
            throw tooLarge();
        }
        return body;
    }

    private static ProtocolException tooLarge() {
        return new ProtocolException("the answer is larger than 4 MiB");
    }

    private static String header(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the answer was cut");
            }
            if (line.size() == LONGEST_LINE) {
                throw new ProtocolException("expected an answer in HTTP, got a long line");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
