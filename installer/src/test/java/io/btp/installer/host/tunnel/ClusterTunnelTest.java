package io.btp.installer.host.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.host.kubernetes.ClusterClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterTunnelTest {
    private static final String ADDRESS = "127.96.11.12";

    private final FakeServices services = new FakeServices();
    private final ClusterClient client = ClusterClient.open(Secret.of(services.kubeconfig()), Connection.direct());
    private final Tunnel tunnel = ClusterTunnel.into(client, true);

    @BeforeEach
    void start() {
        services.start();
    }

    @AfterEach
    void stop() {
        client.close();
        services.close();
    }

    @Test
    void reachesAHostDirectly() throws Exception {
        try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var way = ClusterTunnel.direct().open("localhost", server.getLocalPort())) {
            assertThat(way.address().getPort()).isEqualTo(server.getLocalPort());
            assertThat(way.address().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void triesEveryAddressOfAHost() throws Exception {
        var here = InetAddress.ofLiteral("127.0.0.1");
        var nothing = InetAddress.ofLiteral("127.0.0.77");
        try (var server = new ServerSocket(0, 10, here)) {
            var direct = ClusterTunnel.direct(host -> new InetAddress[] {nothing, here});
            try (var way = direct.open("db.acme.example", server.getLocalPort())) {
                assertThat(way.address().getAddress()).isEqualTo(here);
            }
        }
    }

    @Test
    void namesARefusal() throws Exception {
        int closed = closedPort();

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> ClusterTunnel.direct().open("127.0.0.1", closed))
                .withMessage("127.0.0.1 refuses connections at port %d: nothing listens there".formatted(closed))
                .withCauseInstanceOf(ConnectException.class);
    }

    @Test
    void namesAnUnknownHost() throws Exception {
        var direct = ClusterTunnel.direct(host -> {
            throw new UnknownHostException(host);
        });

        assertThat(problem(direct, "db.acme.example", 5432).summary())
                .isEqualTo("The host name db.acme.example is not known to the name server");
    }

    @Test
    void saysThatAServiceNeedsACluster() throws Exception {
        assertThat(problem(ClusterTunnel.direct(), "db.shop.svc", 5432).summary())
                .contains("no cluster is there yet");
    }

    @Test
    void reachesAServiceOfASimulatedCluster() throws Exception {
        try (var server = new ServerSocket(0, 10, InetAddress.ofLiteral(ADDRESS))) {
            services.put("shop", "db", ADDRESS, server.getLocalPort());
            for (var host : new String[] {"db.shop.svc", "db.shop.svc.cluster.local", "DB.shop.svc.cluster.local."}) {
                try (var way = tunnel.open(host, server.getLocalPort())) {
                    assertThat(way.address().getAddress().getHostAddress()).isEqualTo(ADDRESS);
                }
            }
        }
    }

    @Test
    void namesAServiceOfASimulatedClusterThatNothingStandsBehind() throws Exception {
        services.put("shop", "db", ADDRESS, 5432);

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> tunnel.open("db.shop.svc", 5432))
                .withCauseInstanceOf(ConnectException.class);
    }

    @Test
    void namesAServiceThatIsNotThere() throws Exception {
        var problem = problem(tunnel, "other.shop.svc", 5432);

        assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(problem.summary()).isEqualTo("Service shop/other is not there");
    }

    @Test
    void namesAPortThatAServiceDoesNotHave() throws Exception {
        services.put("shop", "db", ADDRESS, 5432);

        assertThat(problem(tunnel, "db.shop.svc", 5433).summary())
                .isEqualTo("Service shop/db has no port 5433, it has 5432");
    }

    @Test
    void leavesNoMachineForASimulatedCluster() throws Exception {
        services.put("shop", "db", "10.0.0.7", 5432);

        assertThat(problem(tunnel, "db.shop.svc", 5432).summary()).contains("expected a loopback address");
    }

    @Test
    void namesAHeadlessServiceOfASimulatedCluster() throws Exception {
        services.put("shop", "db", "None", 5432);

        assertThat(problem(tunnel, "db.shop.svc", 5432).summary()).contains("has no cluster address");
    }

    @Test
    void namesAServiceOfARealClusterWithoutReadyPods() throws Exception {
        services.put("shop", "db", "10.0.0.7", 5432);

        var problem = problem(ClusterTunnel.into(client, false), "db.shop.svc", 5432);

        assertThat(problem.reason()).isEqualTo(Reason.NOT_READY);
        assertThat(problem.summary()).contains("Service shop/db has no ready pod that serves port 5432");
    }

    private static Problem problem(Tunnel tunnel, String host, int port) throws InterruptedException {
        try (var way = tunnel.open(host, port)) {
            throw new AssertionError("expected a refusal, got a way to " + way.address());
        } catch (ProviderException refused) {
            return refused.problem();
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
