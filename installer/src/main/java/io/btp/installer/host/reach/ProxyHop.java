package io.btp.installer.host.reach;

import io.btp.installer.api.Login;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The HTTP proxy on the way.
 *
 * @param host its name or address
 * @param port its port
 * @param login who it lets through, where it asks
 */
public record ProxyHop(String host, int port, Optional<Login> login) {
    private static final int USUAL_PORT = 80;
    private static final int LONGEST_ANSWER = 8_192;

    /** Reads an address; its port is 80 where it names none. */
    public static ProxyHop of(URI address, Optional<Login> login) {
        return new ProxyHop(address.getHost(), address.getPort() < 0 ? USUAL_PORT : address.getPort(), login);
    }

    /** Gives its address without the login. */
    public URI address() {
        return URI.create("http://%s:%d".formatted(host, port));
    }

    /** Gives its address with the login in it, as clients in Go and other programs read it. Confidential. */
    public String addressWithLogin() {
        return login.map(it -> "http://%s:%s@%s:%d"
                        .formatted(encoded(it.username()), encoded(it.password().reveal()), host, port))
                .orElseGet(() -> address().toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Gives the value of {@code Proxy-Authorization}, where it asks for a login. Confidential. */
    public Optional<String> authorization() {
        return login.map(Basic::of);
    }

    /** Says that it does not let through who asked. */
    public Problem refusal() {
        return Problem.of(
                Reason.UNAUTHENTICATED,
                login.map(it -> "The proxy %s refuses the login of %s".formatted(address(), it.username()))
                        .orElseGet(() -> "The proxy %s asks for a login".formatted(address())),
                "Set connection.proxy.url, username and password in the answers");
    }

    Proxy proxy() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
    }

    /**
     * Lets the proxy connect on.
     *
     * @param socket connected to the proxy
     * @param target host that the proxy is to connect to
     */
    public void connect(Socket socket, String target, int targetPort) throws IOException {
        var header =
                authorization().map("Proxy-Authorization: %s\r\n"::formatted).orElse("");
        var request = "CONNECT %1$s:%2$d HTTP/1.1\r\nHost: %1$s:%2$d\r\n%3$s\r\n".formatted(target, targetPort, header);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0 || answer.length() > LONGEST_ANSWER) {
                throw new EOFException("the proxy closed the connection");
            }
            answer.append((char) next);
        }
        if (!answer.toString().matches("(?s)HTTP/1\\.[01] 200.*")) {
            throw new ProtocolException("the proxy answered: " + answer.substring(0, answer.indexOf("\r\n")));
        }
    }
}
