package io.btp.installer.host.tunnel;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the address of a host that accepts connections from here. */
final class Reached {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int ADDRESSES = 3;

    private final ClusterTunnel.Resolver resolver;

    Reached(ClusterTunnel.Resolver resolver) {
        this.resolver = resolver;
    }

    InetSocketAddress address(String host, int port) throws InterruptedException {
        var addresses = resolved(host);
        var failures = new ArrayList<IOException>();
        for (var address : addresses) {
            var socketAddress = new InetSocketAddress(address, port);
            try {
                Bounded.call(CONNECT.plusSeconds(1), () -> connected(socketAddress));
                return socketAddress;
            } catch (IOException unreachable) {
                failures.add(unreachable);
            }
        }
        throw unreachable(host, port, addresses, failures);
    }

    private List<InetAddress> resolved(String host) throws InterruptedException {
        try {
            return Bounded.call(CONNECT, () -> List.of(resolver.addresses(host))).stream()
                    .limit(ADDRESSES)
                    .toList();
        } catch (UnknownHostException unknown) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.UNREACHABLE,
                                    "The host name %s is not known to the name server".formatted(host),
                                    "Correct the host name, or run the installer where the name is known")
                            .evidence(List.of("UnknownHostException: " + unknown.getMessage())),
                    unknown);
        } catch (IOException slow) {
            throw new ProviderException(
                    Problem.of(
                            Reason.UNREACHABLE,
                            "The name server did not answer within %d s when asked for %s"
                                    .formatted(CONNECT.toSeconds(), host),
                            "Look after the name server of this machine"),
                    slow);
        }
    }

    private static boolean connected(InetSocketAddress address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, (int) CONNECT.toMillis());
            return true;
        }
    }

    private static ProviderException unreachable(
            String host, int port, List<InetAddress> addresses, List<IOException> failures) {
        var evidence = new ArrayList<String>();
        for (int i = 0; i < addresses.size(); i++) {
            var failure = failures.get(i);
            evidence.add("%s port %d: %s: %s"
                    .formatted(
                            addresses.get(i).getHostAddress(),
                            port,
                            failure.getClass().getSimpleName(),
                            failure.getMessage()));
        }
        var first = failures.getFirst();
        return new ProviderException(problem(host, port, addresses, first).evidence(evidence), first);
    }

    private static Problem problem(String host, int port, List<InetAddress> addresses, IOException first) {
        if (first instanceof ConnectException
                && String.valueOf(first.getMessage()).contains("refused")) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "%s refuses connections at port %d: nothing listens there".formatted(host, port),
                    "Correct the port, or start the server");
        }
        if (addresses.stream().anyMatch(InetAddress::isSiteLocalAddress)) {
            return Problem.of(
                    Reason.UNREACHABLE,
                    "%s has a private address and cannot be reached from here at port %d".formatted(host, port),
                    "Run the installer inside that network or behind its VPN, or let its firewall pass this machine");
        }
        return Problem.of(
                Reason.UNREACHABLE,
                "%s does not answer at port %d".formatted(host, port),
                "Check the network, a VPN, and the firewalls and security groups between here and there");
    }
}
