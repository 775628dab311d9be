package io.btp.installer.host.probe;

import static io.btp.installer.api.Slots.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Redis;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis right and wrong. */
class RedisProofTest {
    private static final Secret PASSWORD = Proving.secret("redis-password");

    @TempDir
    static Path folder;

    private static Fixture servers;

    private record Fixture(
            RedisServer encrypted, RedisServer plain, RedisServer open, Certificates authority, Certificates other) {}

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var authority = new Certificates(folder.resolve("ca"));
        var certificate = authority.sign("server", "DNS:localhost,DNS:redis.shop.svc");
        var password = PASSWORD.reveal();
        servers = new Fixture(
                RedisServer.start(
                        Optional.of(certificate),
                        "user default off",
                        "user plat on >%s ~* &* +@read +@write +@connection +info".formatted(password),
                        "user reader on >%s ~* &* +@read +@connection +info".formatted(password),
                        "user fenced on >%s ~own:* &* +@read +@write +@connection".formatted(password)),
                RedisServer.start(Optional.empty(), "requirepass " + password, "maxmemory-policy allkeys-lru"),
                RedisServer.start(Optional.empty()),
                authority,
                new Certificates(folder.resolve("other")));
    }

    @AfterAll
    static void stop() {
        servers.encrypted().close();
        servers.plain().close();
        servers.open().close();
    }

    @Test
    void passesForAUserWithTheRightsOfThePlatform() throws Exception {
        var redis = as("plat", PASSWORD);

        for (var check : Proving.direct().checks(REDIS, redis)) {
            assertThat(check.probe().run()).as(check.id()).isInstanceOf(Check.Result.Passed.class);
        }
    }

    @Test
    void passesForTheDefaultUserWithAPassword() throws Exception {
        Proving.direct().passes(REDIS, plain(servers.plain(), Optional.of(PASSWORD)), "redis.rights");
    }

    @Test
    void passesWithoutAPasswordWhereTheServerAsksForNone() throws Exception {
        Proving.direct().passes(REDIS, plain(servers.open(), Optional.empty()), "redis.rights");
    }

    @Test
    void verifiesTheRealNameBehindATunnel() throws Exception {
        var proving = Proving.through(Proving.to(servers.encrypted().port()));

        proving.passes(REDIS, at("redis.shop.svc", 6379, verified()), "redis.login");
        assertThat(proving.failure(REDIS, at("redis.other.svc", 6379, verified()), "redis.login")
                        .summary())
                .contains("for another name, expected redis.other.svc");
    }

    @Test
    void namesAWrongPassword() throws Exception {
        var problem = Proving.direct().failure(REDIS, as("plat", Proving.secret("wrong")), "redis.login");

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).contains("does not accept the password of plat");
    }

    @Test
    void namesAMissingPassword() throws Exception {
        var problem = Proving.direct().failure(REDIS, plain(servers.plain(), Optional.empty()), "redis.login");

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).contains("asks for a password, and none is answered");
    }

    @Test
    void namesAPasswordThatTheServerDoesNotAskFor() throws Exception {
        var problem = Proving.direct().failure(REDIS, plain(servers.open(), Optional.of(PASSWORD)), "redis.login");

        assertThat(problem.reason()).isEqualTo(Reason.INVALID);
        assertThat(problem.summary()).contains("asks for no password, and one is answered");
    }

    @Test
    void namesTheMissingRightToSetKeys() throws Exception {
        var problem = Proving.direct().failure(REDIS, as("reader", PASSWORD), "redis.rights");

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.summary()).contains("reader may not do that").contains("'set'");
    }

    @Test
    void namesKeysThatTheUserMayNotTouch() throws Exception {
        var problem = Proving.direct().failure(REDIS, as("fenced", PASSWORD), "redis.rights");

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.evidence().getFirst()).contains("keys");
    }

    @Test
    void warnsWhereInfoIsNotAllowed() throws Exception {
        assertThat(Proving.direct()
                        .warning(REDIS, as("fenced", PASSWORD), "redis.eviction")
                        .reason())
                .isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void warnsOfEviction() throws Exception {
        assertThat(Proving.direct()
                        .warning(REDIS, plain(servers.plain(), Optional.of(PASSWORD)), "redis.eviction")
                        .summary())
                .contains("(allkeys-lru), expected noeviction");
    }

    @Test
    void namesAReadOnlyReplica() throws Exception {
        try (var replica = RedisServer.start(Optional.empty(), "replicaof 127.0.0.1 " + Sockets.closedPort())) {
            assertThat(Proving.direct()
                            .failure(REDIS, plain(replica, Optional.empty()), "redis.rights")
                            .summary())
                    .contains("is a read-only replica");
        }
    }

    @Test
    void namesAFullMemory() throws Exception {
        try (var full = RedisServer.start(Optional.empty(), "maxmemory 1", "maxmemory-policy noeviction")) {
            assertThat(Proving.direct()
                            .failure(REDIS, plain(full, Optional.empty()), "redis.rights")
                            .reason())
                    .isEqualTo(Reason.QUOTA);
        }
    }

    @Test
    void namesAnAuthorityThatIsNotTrusted() throws Exception {
        var redis = at(
                "localhost",
                servers.encrypted().port(),
                Tls.verifiedBy(servers.other().authority()));

        assertThat(Proving.direct().failure(REDIS, redis, "redis.reach").summary())
                .contains("signed by an authority that is not trusted");
        assertThat(Proving.direct().failure(REDIS, redis, "redis.rights").summary())
                .contains("signed by an authority that is not trusted");
    }

    @Test
    void namesACertificateForAnotherName() throws Exception {
        assertThat(Proving.direct()
                        .failure(REDIS, at("127.0.0.1", servers.encrypted().port(), verified()), "redis.reach")
                        .summary())
                .contains("is for another name, expected 127.0.0.1");
    }

    @Test
    void namesAnExpiredCertificate() throws Exception {
        var expired = servers.authority().signExpired("expired", "DNS:localhost");
        try (var server = RedisServer.start(Optional.of(expired))) {
            assertThat(Proving.direct()
                            .failure(REDIS, at("localhost", server.port(), verified()), "redis.login")
                            .summary())
                    .contains("has expired");
        }
    }

    @Test
    void namesAServerThatSpeaksNoTls() throws Exception {
        try (var silent = Sockets.silent()) {
            assertThat(Proving.direct()
                            .failure(REDIS, at("localhost", silent.port(), verified()), "redis.reach")
                            .summary())
                    .contains("does not speak TLS at this port, and TLS is asked for");
        }
        try (var plain = Sockets.answering("-ERR unknown command\r\n")) {
            assertThat(Proving.direct()
                            .failure(REDIS, at("localhost", plain.port(), verified()), "redis.reach")
                            .summary())
                    .contains("does not speak TLS at this port, and TLS is asked for");
        }
    }

    @Test
    void namesAServerThatWantsTls() throws Exception {
        var problem = Proving.direct()
                .failure(REDIS, at("localhost", servers.encrypted().port(), Tls.disabled()), "redis.reach");

        assertThat(problem.summary()).contains("closed the connection");
        assertThat(problem.remedy()).contains("expects TLS");
    }

    @Test
    void namesAClosedPort() throws Exception {
        assertThat(Proving.direct()
                        .failure(REDIS, at("localhost", Sockets.closedPort(), verified()), "redis.reach")
                        .summary())
                .contains("refuses connections at port");
    }

    @Test
    void namesAServerThatIsNoRedis() throws Exception {
        try (var other = Sockets.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThat(Proving.direct()
                            .failure(REDIS, at("localhost", other.port(), Tls.disabled()), "redis.reach")
                            .summary())
                    .contains("was not understood");
        }
    }

    private static Redis as(String user, Secret password) throws IOException {
        return new Redis("localhost", servers.encrypted().port(), Optional.of(user), Optional.of(password), verified());
    }

    private static Redis at(String host, int port, Tls tls) {
        return new Redis(host, port, Optional.of("plat"), Optional.of(PASSWORD), tls);
    }

    private static Redis plain(RedisServer server, Optional<Secret> password) {
        return new Redis("localhost", server.port(), Optional.empty(), password, Tls.disabled());
    }

    private static Tls verified() throws IOException {
        return Tls.verifiedBy(servers.authority().authority());
    }
}
