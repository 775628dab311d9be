package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.reach.ProxyHop;
import io.btp.installer.host.reach.Reach;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

/**
 * A client that is set up as a self-contained kubeconfig says, and by nothing else: no environment, no files.
 *
 * @param server address of the API server, as people know it
 * @param base where requests go: the same, or its resolved address where the certificate's name is another one
 * @param proxy the proxy on the way, if there is one
 * @param client the client
 */
record Session(URI server, URI base, Optional<ProxyHop> proxy, KubernetesClient client) implements AutoCloseable {
    /** Sets up a client; contacts nothing. */
    static Session open(Secret kubeconfig, Connection connection, Limits limits) {
        var file = KubeconfigFile.parse("the cluster's access", kubeconfig.reveal());
        var cluster = file.cluster();
        var server = Fields.text(cluster, "server").map(Session::address).orElseThrow(() -> missing("server"));
        var serverName = Fields.text(cluster, "tls-server-name");
        var base = serverName.isPresent() ? resolved(server) : server;
        var config = Config.empty();
        config.setMasterUrl(base.toString());
        config.setRequestRetryBackoffLimit(0);
        config.setConnectionTimeout((int) limits.connect().toMillis());
        config.setRequestTimeout(0);
        config.setUserAgent("btp-installer");
        config.setTrustCerts(Fields.flag(cluster, "insecure-skip-tls-verify"));
        authority(file, connection).ifPresent(config::setCaCertData);
        identify(config, file);
        var proxy = proxy(config, file, server, connection);
        try {
            var client = new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(new Factory(serverName))
                    .build();
            return new Session(server, base, proxy, client);
        } catch (KubernetesClientException | IllegalArgumentException unusable) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.INVALID,
                                    "The certificates or keys in the kubeconfig of " + server + " cannot be used",
                                    "Ask for a new kubeconfig; its certificates and keys have to be PEM text in Base64")
                            .evidence(List.of(innermost(unusable))),
                    unusable);
        }
    }

    /** Gives the address of a path. */
    URI server(String path) {
        var text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    @Override
    public void close() {
        client.close();
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException invalid) {
            throw new ProviderException(
                    Problem.of(
                            Reason.INVALID,
                            "The kubeconfig names an address that is none: " + text,
                            "Correct clusters[].cluster.server and proxy-url"),
                    invalid);
        }
    }

    private static Optional<String> authority(KubeconfigFile file, Connection connection) {
        var own = Fields.text(file.cluster(), "certificate-authority-data").map(Session::decoded);
        var all = own.map(pem -> pem + "\n").orElse("") + connection.authority().orElse("");
        return all.isBlank()
                ? Optional.empty()
                : Optional.of(Base64.getEncoder().encodeToString(all.getBytes(StandardCharsets.UTF_8)));
    }

    private static void identify(Config config, KubeconfigFile file) {
        var user = file.user();
        if (user.containsKey("exec") || user.containsKey("auth-provider")) {
            throw new ProviderException(Problem.of(
                    Reason.INVALID,
                    "The cluster's access runs a program to log in, expected a self-contained kubeconfig",
                    "Give the kubeconfig in the answers, where the installer runs the program itself"));
        }
        Fields.text(user, "client-certificate-data").ifPresent(config::setClientCertData);
        Fields.text(user, "client-key-data").ifPresent(key -> {
            config.setClientKeyData(key);
            config.setClientKeyAlgo(KeyAlgorithm.of(decoded(key)));
        });
        Fields.text(user, "token").ifPresent(config::setOauthToken);
        Fields.text(user, "username").ifPresent(config::setUsername);
        Fields.text(user, "password").ifPresent(config::setPassword);
        Fields.text(user, "as").ifPresent(config::setImpersonateUsername);
        var groups = Fields.texts(user, "as-groups");
        if (!groups.isEmpty()) {
            config.setImpersonateGroups(groups.toArray(String[]::new));
        }
    }

    private static Optional<ProxyHop> proxy(Config config, KubeconfigFile file, URI server, Connection connection) {
        var own = Fields.text(file.cluster(), "proxy-url").map(Session::proxy);
        if (own.isPresent()) {
            config.setHttpProxy(own.get());
            config.setHttpsProxy(own.get());
            return Optional.of(ProxyHop.of(address(own.get()), Optional.empty()));
        }
        var proxy = Reach.of(connection).proxyFor(server);
        proxy.map(hop -> hop.address().toString()).ifPresent(address -> {
            config.setHttpProxy(address);
            config.setHttpsProxy(address);
        });
        proxy.flatMap(ProxyHop::login).ifPresent(login -> {
            config.setProxyUsername(login.username());
            config.setProxyPassword(login.password().reveal());
        });
        return proxy;
    }

    /** The client wants the port to be named. */
    private static String proxy(String address) {
        var proxy = address(address);
        if (!"http".equals(proxy.getScheme()) || proxy.getHost() == null) {
            throw new ProviderException(Problem.of(
                    Reason.UNSUPPORTED,
                    "The proxy-url of the kubeconfig is of the kind %s, expected http".formatted(proxy.getScheme()),
                    "Remove clusters[].cluster.proxy-url and name an HTTP proxy in connection.proxy"));
        }
        return proxy.getPort() < 0 ? address.replaceFirst("/*$", ":80") : address;
    }

    // The JDK's client takes the name to verify from the address, unless that is numeric.
    private static URI resolved(URI server) {
        try {
            var address = InetAddress.getByName(server.getHost());
            var literal = address.getHostAddress();
            var host = literal.contains(":") ? "[" + literal + "]" : literal;
            var port = server.getPort() < 0 ? "" : ":" + server.getPort();
            return URI.create(server.getScheme() + "://" + host + port
                    + Optional.ofNullable(server.getRawPath()).orElse(""));
        } catch (UnknownHostException unknown) {
            return server;
        }
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new ProviderException(
                    Problem.of(
                            Reason.INVALID,
                            "A certificate or key in the kubeconfig is not Base64",
                            "Ask for a new kubeconfig"),
                    notBase64);
        }
    }

    private static ProviderException missing(String field) {
        return new ProviderException(Problem.of(
                Reason.INVALID,
                "The kubeconfig's cluster has no " + field,
                "Ask for a complete kubeconfig, or add clusters[].cluster." + field));
    }

    private static String innermost(Throwable thrown) {
        var cause = thrown.getCause();
        return cause == null ? String.valueOf(thrown.getMessage()) : innermost(cause);
    }

    /** The JDK's client, which sends and verifies the kubeconfig's name of the server where it gives one. */
    private static final class Factory extends EndedClients {
        private final Optional<String> serverName;

        Factory(Optional<String> serverName) {
            this.serverName = serverName;
        }

        @Override
        protected void additionalConfig(HttpClient.Builder builder) {
            serverName.ifPresent(name -> {
                var parameters = new SSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(name)));
                builder.sslParameters(parameters);
            });
        }
    }
}
