package io.btp.installer.platform;

import io.btp.installer.api.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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

    private record Page(int status, String head) {
        Optional<String> location() {
            var found = LOCATION.matcher(head);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
    }

    private final Optional<String> authority;

    HttpsProbe(Optional<String> authority) {
        this.authority = authority;
    }

    /** Follows redirects on the same host; one that leads elsewhere, to a login, counts as an answer. */
    Outcome get(URI url, InetAddress address, Trust trust) throws InterruptedException {
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
                page = page(next, new InetSocketAddress(address, port), trust);
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
                        address.getHostAddress() + ":" + port + " does not answer for " + next.getHost() + ": "
                                + words(silent),
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

    private Page page(URI url, InetSocketAddress address, Trust trust) throws IOException {
        try (var plain = new Socket()) {
            plain.connect(address, TIMEOUT_MILLIS);
            plain.setSoTimeout(TIMEOUT_MILLIS);
            var factory = context(trust).getSocketFactory();
            try (var socket = (SSLSocket) factory.createSocket(plain, url.getHost(), address.getPort(), true)) {
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
        try {
            var managers = switch (trust) {
                case CHAIN -> authorities();
                case NAME_AND_VALIDITY -> new TrustManager[] {new Validity()};
            };
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("every Java platform can do TLS with the authorities it was given", broken);
        }
    }

    /** The machine's authorities and the installation's own. */
    private TrustManager[] authorities() throws GeneralSecurityException, IOException {
        var standard = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        standard.init((KeyStore) null);
        if (authority.isEmpty()) {
            return standard.getTrustManagers();
        }
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var certificate : trusted(standard, authority.get())) {
            store.setCertificateEntry("authority-" + store.size(), certificate);
        }
        var all = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        all.init(store);
        return all.getTrustManagers();
    }

    private static List<X509Certificate> trusted(TrustManagerFactory standard, String pem) throws CertificateException {
        var all = new ArrayList<X509Certificate>();
        for (var manager : standard.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                all.addAll(Arrays.asList(x509.getAcceptedIssuers()));
            }
        }
        CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                .forEach(certificate -> all.add((X509Certificate) certificate));
        return all;
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
