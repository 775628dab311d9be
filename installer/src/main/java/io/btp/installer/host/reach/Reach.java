package io.btp.installer.host.reach;

import io.btp.installer.api.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says how an address is reached, and who is trusted on the way. Contacts nothing. */
public final class Reach {
    private final Connection connection;
    private final NoProxy exceptions;

    private Reach(Connection connection) {
        this.connection = connection;
        this.exceptions = NoProxy.of(connection);
    }

    /** Reaches the world as the answers say. */
    public static Reach of(Connection connection) {
        return new Reach(connection);
    }

    /** Gives the proxy on the way to an address; empty where it is reached directly. */
    public Optional<ProxyHop> proxyFor(URI address) {
        return exceptions.reachesDirectly(address) ? Optional.empty() : proxy();
    }

    private Optional<ProxyHop> proxy() {
        return connection.proxy().map(address -> ProxyHop.of(address, connection.proxyLogin()));
    }

    /** Gives the same for Java's own clients. */
    public ProxySelector selector() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI address) {
                return List.of(proxyFor(address).map(ProxyHop::proxy).orElse(Proxy.NO_PROXY));
            }

            @Override
            public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
                // The request itself fails and says so.
            }
        };
    }

    /** Gives whom to trust: the public authorities and the connection's. */
    public Authorities authorities() {
        return Authorities.publicOnes()
                .and(Authorities.of(connection.authority().orElse("")));
    }

    /** Tells whether the connection brings authorities of its own. */
    public boolean hasOwnAuthorities() {
        return connection.authority().isPresent();
    }

    /**
     * Gives the environment of a program that is to reach the world in the same way: what it is given, with the variables
     * that programs commonly read. The proxy's may hold its login.
     *
     * @param environment what it is given otherwise; that of the connection wins
     * @param cache folder for the file of {@link #authorities}, which is made where the connection brings its own
     */
    public Map<String, String> variables(Map<String, String> environment, Path cache) {
        var variables = new LinkedHashMap<>(environment);
        proxy().ifPresent(proxy -> {
            for (var name : List.of("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")) {
                variables.put(name, proxy.addressWithLogin());
            }
            var direct = Stream.concat(Stream.of("localhost", "127.0.0.1", "::1"), connection.noProxy().stream())
                    .collect(Collectors.joining(","));
            variables.put("NO_PROXY", direct);
            variables.put("no_proxy", direct);
        });
        if (hasOwnAuthorities()) {
            var bundle = bundle(cache).toString();
            for (var name : List.of(
                    "SSL_CERT_FILE",
                    "CURL_CA_BUNDLE",
                    "REQUESTS_CA_BUNDLE",
                    "AWS_CA_BUNDLE",
                    "NODE_EXTRA_CA_CERTS",
                    "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE")) {
                variables.put(name, bundle);
            }
        }
        return variables;
    }

    private Path bundle(Path cache) {
        var pem = authorities().pem();
        var file = cache.resolve("authorities-" + Integer.toHexString(pem.hashCode()) + ".pem");
        try {
            Files.createDirectories(cache);
            var part = Files.createTempFile(cache, "authorities-", "");
            Files.writeString(part, pem);
            return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException broken) {
            throw new UncheckedIOException("The authorities to trust cannot be written to " + file, broken);
        }
    }
}
