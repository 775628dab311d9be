package io.btp.installer.host.helm;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.host.kubernetes.NoProxy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Fetches small things over HTTP: by the user's proxy, trusting the user's authorities, within limits. */
final class Download implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient client;

    /** What came: whatever its status. */
    record Fetched(int status, Map<String, List<String>> headers, byte[] body) {
        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst();
        }
    }

    Download(Connection connection) {
        var builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(new Through(connection));
        connection.authority().map(Download::trusting).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * Fetches, following redirects; credentials do not follow to another host.
     *
     * @throws ProviderException if no answer came, or more than the limit
     */
    Fetched get(URI address, Map<String, String> headers, int limit) throws InterruptedException {
        var here = address;
        var sent = headers;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            var fetched = once(here, sent, limit);
            var location = fetched.header("Location");
            if (fetched.status() / 100 != 3 || location.isEmpty()) {
                return fetched;
            }
            var next = here.resolve(location.get());
            if (here.getScheme().equals("https") && !next.getScheme().equals("https")) {
                throw failed(
                        Reason.INVALID,
                        address,
                        "it leads to " + next + ", which is not encrypted",
                        "Use another address");
            }
            if (!next.getAuthority().equals(here.getAuthority())) {
                sent = new java.util.LinkedHashMap<>(sent);
                sent.remove("Authorization");
            }
            here = next;
        }
        throw failed(Reason.INVALID, address, "it leads on and on", "Use another address");
    }

    private Fetched once(URI address, Map<String, String> headers, int limit) throws InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER).GET();
        headers.forEach(request::header);
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                var bytes = body.readNBytes(limit + 1);
                if (bytes.length > limit) {
                    throw failed(
                            Reason.INVALID,
                            address,
                            "it is larger than " + limit / 1024 / 1024 + " MiB",
                            "See whether this is the right address");
                }
                return new Fetched(response.statusCode(), response.headers().map(), bytes);
            }
        } catch (IOException broken) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.UNREACHABLE,
                                    address.getAuthority() + " does not answer",
                                    "Check the address, the network, connection.proxy and connection.authority in the"
                                            + " answers")
                            .evidence(List.of("The installer wanted to read " + address, words(broken))),
                    broken);
        }
    }

    private static String words(Throwable broken) {
        var cause = broken.getCause();
        var message = Optional.ofNullable(broken.getMessage())
                .orElse(broken.getClass().getSimpleName());
        return cause == null ? message : message + ": " + words(cause);
    }

    static ProviderException failed(Reason reason, URI address, String why, String remedy) {
        return new ProviderException(Problem.of(reason, "%s cannot be used: %s".formatted(address, why), remedy));
    }

    private static SSLContext trusting(String authority) {
        try {
            var own = KeyStore.getInstance(KeyStore.getDefaultType());
            own.load(null, null);
            for (var certificate : publicOnes()) {
                own.setCertificateEntry(
                        certificate.getSubjectX500Principal().getName() + certificate.getSerialNumber(), certificate);
            }
            int count = 0;
            InputStream pem = new ByteArrayInputStream(authority.getBytes(StandardCharsets.UTF_8));
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                own.setCertificateEntry("connection-" + count++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(own);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.INVALID,
                                    "connection.authority in the answers is no PEM text of certificates",
                                    "Give the authorities' certificates, each from BEGIN to END CERTIFICATE")
                            .evidence(List.of(words(unusable))),
                    unusable);
        }
    }

    private static List<X509Certificate> publicOnes() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return java.util.stream.Stream.of(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> java.util.stream.Stream.of(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    /** Chooses the connection's proxy, but for what is reached directly. */
    private static final class Through extends ProxySelector {
        private final Connection connection;

        Through(Connection connection) {
            this.connection = connection;
        }

        @Override
        public List<Proxy> select(URI address) {
            if (connection.proxy().isEmpty() || NoProxy.of(connection).reachesDirectly(address)) {
                return List.of(Proxy.NO_PROXY);
            }
            var proxy = connection.proxy().get();
            int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
            return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
            // The request itself fails and says so.
        }
    }
}
