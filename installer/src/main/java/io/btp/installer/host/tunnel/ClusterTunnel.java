package io.btp.installer.host.tunnel;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Tunnel;
import io.btp.installer.host.kubernetes.ClusterClient;
import io.btp.installer.host.kubernetes.Fields;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leads to addresses: names of Services go through the cluster, all others directly. Every way that is given was
 * connected once, so a refusal is told here; the exception then has the {@link java.net.ConnectException} as its cause.
 */
public final class ClusterTunnel implements Tunnel {
    private static final Duration FORWARD = Duration.ofSeconds(10);

    /** Looks up the addresses of a host. */
    @FunctionalInterface
    public interface Resolver {
        /** Gives all of them, best first. */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    private record Inside(ClusterClient client, boolean simulated) {}

    private final Optional<Inside> inside;
    private final Reached reached;

    private ClusterTunnel(Optional<Inside> inside, Resolver resolver) {
        this.inside = inside;
        this.reached = new Reached(resolver);
    }

    /** Knows no cluster: reaches what the installer's host reaches. */
    public static ClusterTunnel direct(Resolver resolver) {
        return new ClusterTunnel(Optional.empty(), resolver);
    }

    /** Knows no cluster: reaches what the installer's host reaches. */
    public static ClusterTunnel direct() {
        return direct(InetAddress::getAllByName);
    }

    /**
     * Leads into a cluster too.
     *
     * @param simulated true where the addresses of Services are loopback addresses of this machine
     */
    public static ClusterTunnel into(ClusterClient client, boolean simulated) {
        return new ClusterTunnel(Optional.of(new Inside(client, simulated)), InetAddress::getAllByName);
    }

    /** Tells whether a host name is one of a Service, which only the cluster knows. */
    public static boolean isServiceName(String host) {
        return ServiceName.parse(host).isPresent();
    }

    @Override
    public Way open(String host, int port) throws InterruptedException {
        var name = ServiceName.parse(host);
        if (name.isEmpty()) {
            return new Direct(reached.address(host, port));
        }
        var cluster = inside.orElseThrow(() -> new ProviderException(Problem.of(
                Reason.UNREACHABLE,
                "%s is a name inside a cluster, and no cluster is there yet".formatted(host),
                "Name a host that can be reached from here, or run it again once the cluster is there")));
        var service = service(cluster.client(), name.get(), port);
        return cluster.simulated()
                ? new Direct(simulated(name.get(), service, port))
                : forward(cluster.client(), name.get(), service, port);
    }

    private static Map<String, Object> service(ClusterClient client, ServiceName name, int port)
            throws InterruptedException {
        var service = client.find(ObjectRef.of("v1", "Service", name.namespace(), name.service()))
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.NOT_FOUND,
                        "%s is not there".formatted(name),
                        "Correct the host name, or create the Service")));
        if (!PodPort.isServed(service, port)) {
            var ports = Fields.maps(service, "spec", "ports").stream()
                    .flatMap(each -> Fields.text(each, "port").stream())
                    .toList();
            throw new ProviderException(Problem.of(
                    Reason.NOT_FOUND,
                    "%s has no port %d, it has %s".formatted(name, port, String.join(", ", ports)),
                    "Correct the port"));
        }
        return service;
    }

    private InetSocketAddress simulated(ServiceName name, Map<String, Object> service, int port)
            throws InterruptedException {
        var address = Fields.text(service, "spec", "clusterIP").filter(ip -> !ip.isBlank() && !ip.equals("None"));
        if (address.isEmpty()) {
            throw new ProviderException(
                    Problem.of(
                            Reason.UNSUPPORTED,
                            "%s has no cluster address, and a simulated cluster has no pods to reach instead"
                                    .formatted(name),
                            "Name a Service with a cluster address"),
                    new ConnectException("no address"));
        }
        if (!InetAddress.ofLiteral(address.get()).isLoopbackAddress()) {
            throw new ProviderException(Problem.of(
                    Reason.UNSUPPORTED,
                    "%s has the address %s, expected a loopback address as the cluster is simulated"
                            .formatted(name, address.get()),
                    "Give the simulated cluster a service range within 127.0.0.0/8"));
        }
        return reached.address(address.get(), port);
    }

    private static Way forward(ClusterClient client, ServiceName name, Map<String, Object> service, int port)
            throws InterruptedException {
        var selector = new LinkedHashMap<String, String>();
        Fields.map(service, "spec", "selector").forEach((key, value) -> selector.put(key, String.valueOf(value)));
        List<Map<String, Object>> pods =
                selector.isEmpty() ? List.of() : client.list("v1", "Pod", Optional.of(name.namespace()), selector);
        var target = PodPort.behind(service, port, name.pod(), pods)
                .orElseThrow(() -> new ProviderException(Problem.of(
                        Reason.NOT_READY,
                        "%s has no ready pod that serves port %d; %d pods belong to it"
                                .formatted(name, port, pods.size()),
                        "See why its pods are not ready")));
        try {
            return Bounded.call(
                    FORWARD,
                    () -> new Forward(client.sockets()
                            .pods()
                            .inNamespace(name.namespace())
                            .withName(target.pod())
                            .portForward(target.port(), InetAddress.getLoopbackAddress(), 0)));
        } catch (KubernetesClientException | IOException refused) {
            throw new ProviderException(
                    Problem.of(
                                    Reason.UNREACHABLE,
                                    "No port could be forwarded to pod %s/%s".formatted(name.namespace(), target.pod()),
                                    "Ask for the right to create pods/portforward in namespace " + name.namespace())
                            .evidence(List.of(String.valueOf(refused.getMessage()))),
                    refused);
        }
    }

    private record Direct(InetSocketAddress address) implements Way {
        @Override
        public void close() {}
    }

    private record Forward(LocalPortForward forward) implements Way {
        @Override
        public InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), forward.getLocalPort());
        }

        @Override
        public void close() {
            try {
                forward.close();
            } catch (IOException broken) {
                throw new UncheckedIOException("The forwarding of a port to a pod could not be ended", broken);
            }
        }
    }
}
