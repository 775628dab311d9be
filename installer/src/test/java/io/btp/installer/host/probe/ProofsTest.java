package io.btp.installer.host.probe;

import static io.btp.installer.api.Slots.CLUSTER;
import static io.btp.installer.api.Slots.IDENTITY;
import static io.btp.installer.api.Slots.NAMESPACES;
import static io.btp.installer.api.Slots.POSTGRES;
import static io.btp.installer.api.Slots.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.btp.installer.api.Check;
import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Identity;
import io.btp.installer.api.contract.Namespaces;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.tunnel.ClusterTunnel;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What all proofs have in common. */
class ProofsTest {
    private static final Redis SERVICE = new Redis(
            "acme-redis.btp.svc", 6379, Optional.empty(), Optional.of(Proving.secret("redis")), Tls.disabled());

    private static final Tunnel REFUSED = (host, port) -> {
        throw new ProviderException(
                Problem.of(Problem.Reason.UNREACHABLE, host + " refuses", "Start it"), new ConnectException("refused"));
    };

    @Test
    void saysSimulatedWhereNothingStandsBehindAServiceOfASimulatedCluster() throws Exception {
        var proving = new Proving(REFUSED, Connection.direct(), InstantSource.system(), Proving.simulated());

        for (var check : proving.checks(REDIS, SERVICE)) {
            assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Simulated.class);
        }
    }

    @Test
    void failsWhereNothingStandsBehindAServiceOfARealCluster() throws Exception {
        var proving = new Proving(REFUSED, Connection.direct(), InstantSource.system(), Proving.nothing());

        proving.failure(REDIS, SERVICE, "redis.reach");
    }

    @Test
    void failsWhereNothingStandsBehindAHostOutsideASimulatedCluster() throws Exception {
        var proving = new Proving(REFUSED, Connection.direct(), InstantSource.system(), Proving.simulated());
        var outside = new Redis("redis.acme.example", 6379, Optional.empty(), Optional.empty(), Tls.disabled());

        proving.failure(REDIS, outside, "redis.reach");
    }

    @Test
    void saysSimulatedWhereTheIngressOfASimulatedClusterHasNoName() throws Exception {
        var proving =
                new Proving(ClusterTunnel.direct(), Connection.direct(), InstantSource.system(), Proving.simulated());
        var identity = new Identity(
                Identity.Kind.OIDC,
                URI.create("https://identity.btp.acme.example"),
                Optional.empty(),
                "btp",
                Proving.secret("client"),
                List.of("openid"));

        for (var check : proving.checks(IDENTITY, identity)) {
            assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Simulated.class);
        }
    }

    @Test
    void failsWhereTheServerBehindAServiceOfASimulatedClusterIsNoRedis() throws Exception {
        try (var other = Sockets.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            var proving = new Proving(
                    Proving.to(other.port()), Connection.direct(), InstantSource.system(), Proving.simulated());

            proving.failure(REDIS, SERVICE, "redis.reach");
        }
    }

    @Test
    void namesAHostThatTheNameServerDoesNotKnow() throws Exception {
        var proving = Proving.through(ClusterTunnel.direct(host -> {
            throw new UnknownHostException(host);
        }));
        var postgres = new Postgres("nowhere.acme.example", 5432, "btp", "app", Proving.secret("app"), Tls.verified());

        assertThat(proving.failure(POSTGRES, postgres, "postgres.reach").summary())
                .isEqualTo("The host name nowhere.acme.example is not known to the name server");
    }

    @Test
    void hidesSecretsThatTheOtherSideQuotes() throws Exception {
        var password = Proving.secret("quoted");
        try (var server = Sockets.answering("-ERR no such thing: %s\r\n".formatted(password.reveal()))) {
            var redis = new Redis("localhost", server.port(), Optional.empty(), Optional.of(password), Tls.disabled());

            assertThat(Proving.direct()
                            .failure(REDIS, redis, "redis.login")
                            .evidence()
                            .getFirst())
                    .contains("no such thing: (hidden)");
        }
    }

    @Test
    void tellsWhyASecretCannotBeHad() throws Exception {
        var lost = Secret.resolvedBy(() -> {
            throw new ProviderException(
                    Problem.of(Problem.Reason.NOT_FOUND, "The variable REDIS_PASSWORD is not set", "Set it"));
        });
        try (var server = Sockets.answering("+OK\r\n")) {
            var redis = new Redis("localhost", server.port(), Optional.empty(), Optional.of(lost), Tls.disabled());

            assertThat(Proving.direct().failure(REDIS, redis, "redis.login").summary())
                    .isEqualTo("The variable REDIS_PASSWORD is not set");
        }
    }

    @Test
    void endsWhenInterrupted() throws Exception {
        try (var silent = Sockets.silent()) {
            var redis = new Redis("localhost", silent.port(), Optional.empty(), Optional.empty(), Tls.disabled());
            var check = Proving.direct().checks(REDIS, redis).getFirst();
            var running = new FutureTask<>(() -> check.probe().run());
            var thread = Thread.ofPlatform().start(running);
            thread.interrupt();

            assertThatThrownBy(running::get).hasCauseInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void warnsOfAClusterThatIsTooOldOrTooNew() throws Exception {
        Proving.direct().passes(CLUSTER, cluster("v1.29.0"), "cluster.version");
        Proving.direct().passes(CLUSTER, cluster("v1.37.1-eks-abc"), "cluster.version");
        Proving.direct().warning(CLUSTER, cluster("v1.28.9"), "cluster.version");
        Proving.direct().warning(CLUSTER, cluster("v1.38.0"), "cluster.version");
        Proving.direct().warning(CLUSTER, cluster("v2.0.0"), "cluster.version");
        Proving.direct().warning(CLUSTER, cluster("v1.99999999999.0"), "cluster.version");
        Proving.direct().warning(CLUSTER, cluster("unknown"), "cluster.version");
    }

    @Test
    void marksWhatWritesAsTrials() {
        assertThat(Proving.direct().checks(REDIS, SERVICE))
                .filteredOn(Check::trial)
                .extracting(Check::id)
                .containsExactly("redis.rights");
    }

    @Test
    void provesNothingOfRecordsThatTheirProviderProves() {
        var namespaces = new Namespaces("settlemint", "deployments", "btp-deps", Map.of());

        assertThat(Proving.direct().checks(NAMESPACES, namespaces)).isEmpty();
    }

    private static Cluster cluster(String version) {
        return new Cluster(
                "uid",
                "acme",
                URI.create("https://127.0.0.1:6443"),
                Proving.secret("access"),
                version,
                Optional.empty(),
                Cluster.Identities.PLAIN,
                false);
    }
}
