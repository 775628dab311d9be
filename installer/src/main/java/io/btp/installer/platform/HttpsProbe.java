package io.btp.installer.platform;

import io.btp.installer.api.Problem;
import io.btp.installer.host.reach.ProxyHop;
import io.btp.installer.host.reach.Reach;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Gets a page by HTTPS from an address that the page's name need not lead to yet. */
final class HttpsProbe {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_REDIRECTS = 5;
    private static final Pattern LOCATION = Pattern.compile("(?im)^location:[ \\t]*(\\S+)[ \\t]*$");

    /** What the certificate must prove. */
    enum Trust {
        /** A chain to a trusted authority, the host name, and validity. */
        CHAIN,
        /** The host name and validity only: there is no authority that could be known. */
        NAME_AND_VALIDITY
    }

    /** What came of it. */
    sealed interface Outcome {
        /** A page of the platform. */
        record Answered(String detail) implements Outcome {}

        /** Something answered, and it was not the platform, or not as it should be. */
        record Refused(Problem problem) implements Outcome {}

        /** Nothing answered. */
        record Silent(Problem problem) implements Outcome {}
    }

    /**
     * Where the page is asked for.
     *
     * @param host name or address
     * @param proxy the proxy on the way there; it knows the name, too
     */
    record Entrance(String host, Optional<ProxyHop> proxy) {
        Socket connect(int port) throws IOException {
            var socket = new Socket();
            try {
                socket.connect(
                        proxy.map(hop -> new InetSocketAddress(hop.host(), hop.port()))
                                .orElseGet(() -> new InetSocketAddress(host, port)),
                        TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                if (proxy.isPresent()) {
                    proxy.get().connect(socket, host, port);
                }
                return socket;
            } catch (IOException failed) {
                socket.close();
                throw failed;
            }
        }
    }

    private record Page(int status, String head) {
        Optional<String> location() {
            var found = LOCATION.matcher(head);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
    }

    private final Reach reach;

    HttpsProbe(Reach reach) {
        this.reach = reach;
    }

    /**
     * Follows redirects on the same host; one that leads elsewhere, to a login, counts as an answer.
     *
     * @param entrance gives the way in, which connects or fails
     */
    Outcome get(URI url, Entrance entrance, Trust trust) throws InterruptedException {
        var next = url;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            if (!"https".equals(next.getScheme())) {
                return refused(Problem.Reason.FAILED, url + " sends people to " + next + ", expected HTTPS", "");
            }
            if (!url.getHost().equalsIgnoreCase(next.getHost())) {
                return new Outcome.Answered("sends people to " + next.getHost());
            }
            var port = next.getPort() < 0 ? 443 : next.getPort();
            Page page;
            try {
                page = page(next, entrance, port, trust);
            } catch (SSLException untrusted) {
                stopIfInterrupted();
                return refused(
                        Problem.Reason.UNREACHABLE,
                        "The certificate of " + next.getHost() + " does not hold: " + words(untrusted),
                        "See edge.certificates: is it issued, for this name, by an authority that is trusted?");
            } catch (IOException silent) {
                stopIfInterrupted();
                return new Outcome.Silent(Problem.of(
                        Problem.Reason.UNREACHABLE,
                        entrance.host() + ":" + port + " does not answer for " + next.getHost() + ": " + words(silent),
                        "See whether the load balancer is there and lets this machine in"));
            }
            var location = page.location();
            if (page.status() / 100 == 3 && location.isPresent()) {
                next = target(next, location.get());
                continue;
            }
            return judged(next, page);
        }
        return refused(Problem.Reason.FAILED, url + " sends people in circles", "See the platform's logs");
    }

    private static URI target(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException broken) {
            return URI.create("broken:redirect");
        }
    }

    private static Outcome judged(URI url, Page page) {
        if (page.status() == 404) {
            return refused(
                    Problem.Reason.NOT_READY,
                    url + " gives 404: the ingress does not know the platform",
                    "See kubectl get ingress --all-namespaces: is its class served by this controller?");
        }
        if (page.status() >= 500) {
            return refused(
                    Problem.Reason.NOT_READY,
                    url + " gives " + page.status() + ", expected a page",
                    "See the pods of the platform and their logs");
        }
        return new Outcome.Answered("HTTP " + page.status());
    }

    private Page page(URI url, Entrance entrance, int port, Trust trust) throws IOException {
        try (var plain = entrance.connect(port)) {
            var factory = context(trust).getSocketFactory();
            try (var socket = (SSLSocket) factory.createSocket(plain, url.getHost(), port, true)) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                socket.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
                return read(socket);
            }
        }
    }

    private static String request(URI url) {
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return "GET " + path + query + " HTTP/1.1\r\nHost: " + url.getRawAuthority()
                + "\r\nAccept: text/html\r\nUser-Agent: btp-installer\r\nConnection: close\r\n\r\n";
    }

    private static Page read(SSLSocket socket) throws IOException {
        var head = head(socket);
        var words = head.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("[1-5][0-9]{2}")) {
            throw new IOException("it speaks no HTTP");
        }
        return new Page(Integer.parseInt(words[1]), head);
    }

    private static String head(SSLSocket socket) throws IOException {
        var input = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        var buffer = new byte[4096];
        while (head.size() < MOST_BYTES) {
            var count = input.read(buffer);
            if (count < 0) {
                break;
            }
            head.write(buffer, 0, count);
            var end = head.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            if (end >= 0) {
                return head.toString(StandardCharsets.ISO_8859_1).substring(0, end);
            }
        }
        throw new IOException("it sent no whole answer");
    }

    private SSLContext context(Trust trust) {
        return switch (trust) {
            case CHAIN -> reach.authorities().context();
            case NAME_AND_VALIDITY -> validity();
        };
    }

    private static SSLContext validity() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Validity()}, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("every Java platform can do TLS", broken);
        }
    }

    private static Outcome refused(Problem.Reason reason, String summary, String remedy) {
        return new Outcome.Refused(Problem.of(reason, summary, remedy));
    }

    private static String words(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Checks that the certificate is in force; the socket checks the host name. */
    private static final class Validity implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            throw new CertificateException("no clients here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String keyType) throws CertificateException {
            chain[0].checkValidity();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
