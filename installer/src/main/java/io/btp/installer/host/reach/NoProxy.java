package io.btp.installer.host.reach;

import io.btp.installer.api.Connection;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells which addresses are reached without the proxy: loopback always, and what the connection names. */
public final class NoProxy {
    private final List<String> entries;

    private NoProxy(List<String> entries) {
        this.entries = entries;
    }

    /** Reads a connection's exceptions. */
    public static NoProxy of(Connection connection) {
        return new NoProxy(connection.noProxy());
    }

    /** Tells whether an address is reached without the proxy. Asks no name server. */
    public boolean reachesDirectly(URI address) {
        var host = Optional.ofNullable(address.getHost())
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .replaceAll("^\\[|\\]$", "");
        var literal = literal(host);
        if (host.equals("localhost")
                || literal.filter(InetAddress::isLoopbackAddress).isPresent()) {
            return true;
        }
        return entries.stream()
                .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
                .anyMatch(entry -> matches(entry, host, literal));
    }

    private static boolean matches(String entry, String host, Optional<InetAddress> literal) {
        if (entry.equals("*") || entry.equals(host)) {
            return true;
        }
        if (entry.contains("/")) {
            return literal.filter(address -> inNetwork(address, entry)).isPresent();
        }
        var domain = entry.startsWith("*.") ? entry.substring(1) : entry;
        return literal.isEmpty()
                && (domain.startsWith(".") && (host.endsWith(domain) || host.equals(domain.substring(1))));
    }

    private static boolean inNetwork(InetAddress address, String network) {
        int slash = network.indexOf('/');
        var start = literal(network.substring(0, slash));
        var prefix = network.substring(slash + 1);
        if (start.isEmpty() || !prefix.matches("\\d{1,3}")) {
            return false;
        }
        var bytes = address.getAddress();
        var startBytes = start.get().getAddress();
        int hostBits = bytes.length * 8 - Integer.parseInt(prefix);
        return bytes.length == startBytes.length
                && hostBits >= 0
                && new BigInteger(1, bytes)
                        .shiftRight(hostBits)
                        .equals(new BigInteger(1, startBytes).shiftRight(hostBits));
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }
}
