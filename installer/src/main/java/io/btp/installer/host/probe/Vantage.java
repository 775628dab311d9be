package io.btp.installer.host.probe;

import io.btp.installer.api.Connection;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.ObjectStore;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.SecretStore;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.reach.NoProxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An address, as curl in a pod looks at it: name, connection, TLS and, for HTTP, an answer. What needs a login is proved
 * from this machine.
 *
 * @param subject as people know it
 * @param address {@code telnet} where a connection is all that can be seen, otherwise a scheme that curl speaks
 * @param depth how far the look goes
 * @param tls how to connect
 */
record Vantage(String subject, URI address, Depth depth, Tls tls) {
    /** How far a look goes. */
    enum Depth {
        /** The server takes the connection. */
        CONNECTION,
        /** It shows a certificate that is trusted. */
        TLS,
        /** It answers HTTP. */
        ANSWER
    }

    /** What curl writes at its end: its exit code, the HTTP status, seconds to the end of TLS, the address it reached. */
    static final String FORMAT = "btp-check %{exitcode} %{http_code} %{time_appconnect} %{remote_ip}\\n";

    private static final int CONNECT_SECONDS = 5;
    private static final int LONGEST_SECONDS = 10;
    private static final int CONNECTION_SECONDS = 3;

    /** Gives the address of a record; empty for records that have none to look at. */
    static Optional<Vantage> of(Record published) {
        return switch (published) {
            case Postgres postgres ->
                Optional.of(new Vantage(
                        "PostgreSQL at %s:%d".formatted(postgres.host(), postgres.port()),
                        socket("telnet", postgres.host(), postgres.port()),
                        Depth.CONNECTION,
                        postgres.tls()));
            case Redis redis ->
                Optional.of(new Vantage(
                        "Redis at %s:%d".formatted(redis.host(), redis.port()),
                        socket(redis.tls().isEnabled() ? "https" : "telnet", redis.host(), redis.port()),
                        redis.tls().isEnabled() ? Depth.TLS : Depth.CONNECTION,
                        redis.tls()));
            case ObjectStore store ->
                Optional.of(new Vantage(
                        "The object store at " + store.endpoint(), store.endpoint(), Depth.ANSWER, store.tls()));
            case Identity identity ->
                Optional.of(new Vantage(
                        "The identity provider " + identity.issuer(),
                        URI.create(identity.issuer().toString().replaceFirst("/$", "")
                                + "/.well-known/openid-configuration"),
                        Depth.ANSWER,
                        Tls.verified()));
            case SecretStore store ->
                store.address()
                        .map(address ->
                                new Vantage("The secret store at " + address, address, Depth.ANSWER, Tls.verified()));
            default -> Optional.empty();
        };
    }

    private static URI socket(String scheme, String host, int port) {
        return URI.create("%s://%s:%d".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, port));
    }

    /** Gives the authorities that curl is to trust beside those of its image. */
    Optional<String> authorities(Connection connection) {
        return tls.authority().or(connection::authority);
    }

    /**
     * Gives curl's configuration. It may hold the proxy's login: it is kept in a Secret.
     *
     * @param authorities path of the file with {@link #authorities}, if there are any
     */
    String configuration(Connection connection, Optional<String> authorities) {
        var lines = new ArrayList<>(List.of(
                "url = " + quoted(address.toString()),
                "silent",
                "show-error",
                "output = \"/dev/null\"",
                "connect-timeout = " + CONNECT_SECONDS,
                "max-time = " + (address.getScheme().equals("telnet") ? CONNECTION_SECONDS : LONGEST_SECONDS),
                "noproxy = \"*\"",
                "write-out = " + '"' + FORMAT + '"'));
        authorities.ifPresent(file -> lines.add("cacert = " + quoted(file)));
        if (tls.mode() == Tls.Mode.REQUIRE) {
            lines.add("insecure");
        }
        if (depth == Depth.ANSWER && !NoProxy.of(connection).reachesDirectly(address)) {
            proxy(connection, lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private static void proxy(Connection connection, List<String> lines) {
        connection.proxy().ifPresent(proxy -> {
            lines.remove("noproxy = \"*\"");
            lines.add("proxy = " + quoted(proxy.toString()));
        });
        connection
                .proxyLogin()
                .ifPresent(login -> lines.add("proxy-user = "
                        + quoted(login.username() + ":" + login.password().reveal())));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
