package io.btp.installer.host.probe;

import static io.btp.installer.api.Slots.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import io.btp.installer.api.Connection;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.contract.Postgres;
import io.btp.installer.api.contract.Secret;
import io.btp.installer.api.contract.Tls;
import io.btp.installer.host.backend.Certificates;
import io.btp.installer.host.backend.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL right and wrong. */
class PostgresProofTest {
    private static final Secret PASSWORD = Proving.secret("app-password");

    @TempDir
    static Path folder;

    private static Fixture servers;

    private record Fixture(
            PostgresServer encrypted, PostgresServer plain, Certificates authority, Certificates other) {}

    @BeforeAll
    static void start() throws IOException, InterruptedException, SQLException {
        var authority = new Certificates(folder.resolve("ca"));
        var certificate = authority.sign("server", "DNS:localhost,DNS:db.shop.svc");
        servers = new Fixture(
                PostgresServer.start(Optional.of(certificate)),
                PostgresServer.start(Optional.empty(), "host all all 127.0.0.1/32 scram-sha-256"),
                authority,
                new Certificates(folder.resolve("other")));
        for (var server : new PostgresServer[] {servers.encrypted(), servers.plain()}) {
            server.run(
                    "postgres",
                    "CREATE ROLE app LOGIN PASSWORD '%s'".formatted(PASSWORD.reveal()),
                    "CREATE ROLE guest LOGIN PASSWORD '%s'".formatted(PASSWORD.reveal()),
                    "CREATE ROLE resting NOLOGIN PASSWORD '%s'".formatted(PASSWORD.reveal()),
                    "CREATE DATABASE btp OWNER app",
                    "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC");
        }
        servers.encrypted().run("btp", "GRANT USAGE ON SCHEMA public TO guest");
    }

    @AfterAll
    static void stop() {
        servers.encrypted().close();
        servers.plain().close();
    }

    @Test
    void passesForTheOwnerOfTheDatabase() throws Exception {
        var postgres = usual();

        Proving.direct().passes(POSTGRES, postgres, "postgres.reach");
        Proving.direct().passes(POSTGRES, postgres, "postgres.login");
        Proving.direct().passes(POSTGRES, postgres, "postgres.rights");
    }

    @Test
    void passesPlainWhereThatIsAskedFor() throws Exception {
        var postgres = at("127.0.0.1", servers.plain().port(), Tls.disabled());

        Proving.direct().passes(POSTGRES, postgres, "postgres.reach");
        Proving.direct().passes(POSTGRES, postgres, "postgres.rights");
    }

    @Test
    void passesUnverifiedWhereThatIsAskedFor() throws Exception {
        Proving.direct()
                .passes(POSTGRES, at("127.0.0.1", servers.encrypted().port(), Tls.required()), "postgres.login");
    }

    @Test
    void verifiesTheRealNameBehindATunnel() throws Exception {
        var proving = Proving.through(Proving.to(servers.encrypted().port()));
        var right = at("db.shop.svc", 5432, verified());
        var wrong = at("db.other.svc", 5432, verified());

        proving.passes(POSTGRES, right, "postgres.login");
        assertThat(proving.failure(POSTGRES, wrong, "postgres.login").summary())
                .contains("for another name, expected db.other.svc");
    }

    @Test
    void trustsTheAuthorityOfTheConnectionToo() throws Exception {
        var connection = new Connection(
                Optional.empty(),
                java.util.List.of(),
                Optional.of(servers.authority().authority()),
                Optional.empty());
        var proving = new Proving(
                io.btp.installer.host.tunnel.ClusterTunnel.direct(),
                connection,
                InstantSource.system(),
                Proving.nothing());

        proving.passes(POSTGRES, at("localhost", servers.encrypted().port(), Tls.verified()), "postgres.login");
    }

    @Test
    void leavesNothingBehind() throws Exception {
        Proving.direct().passes(POSTGRES, usual(), "postgres.rights");

        assertThat(servers.encrypted().ask("btp", "SELECT relname FROM pg_class WHERE relname LIKE 'btp-check%'"))
                .isEmpty();
    }

    @Test
    void namesAWrongPassword() throws Exception {
        var problem = Proving.direct().failure(POSTGRES, as("app", "btp", Proving.secret("wrong")), "postgres.login");

        assertThat(problem.reason()).isEqualTo(Reason.UNAUTHENTICATED);
        assertThat(problem.summary()).contains("does not accept the password of role app");
        assertThat(problem.evidence().getFirst()).contains("password authentication failed");
    }

    @Test
    void asksOnceWithAWrongPasswordUntilAMinuteHasPassed() throws Exception {
        var now = new Instant[] {Instant.EPOCH};
        var proving = new Proving(
                io.btp.installer.host.tunnel.ClusterTunnel.direct(),
                Connection.direct(),
                () -> now[0],
                Proving.nothing());
        servers.encrypted().run("postgres", "CREATE ROLE late LOGIN PASSWORD 'something-else'", "GRANT app TO late");
        var postgres = as("late", "btp", PASSWORD);
        proving.failure(POSTGRES, postgres, "postgres.login");
        servers.encrypted().run("postgres", "ALTER ROLE late PASSWORD '%s'".formatted(PASSWORD.reveal()));

        assertThat(proving.failure(POSTGRES, postgres, "postgres.rights").evidence())
                .anyMatch(line -> line.contains("Not asked again"));
        now[0] = now[0].plusSeconds(61);
        proving.passes(POSTGRES, postgres, "postgres.login");
    }

    @Test
    void namesAMissingDatabase() throws Exception {
        var problem = Proving.direct().failure(POSTGRES, as("app", "nowhere", PASSWORD), "postgres.login");

        assertThat(problem.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(problem.summary()).contains("has no database nowhere");
    }

    @Test
    void namesADatabaseThatTheRoleMayNotEnter() throws Exception {
        var problem = Proving.direct().failure(POSTGRES, as("app", "postgres", PASSWORD), "postgres.login");

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.summary()).contains("may not connect to database postgres");
    }

    @Test
    void namesARoleThatMayNotLogIn() throws Exception {
        var problem = Proving.direct().failure(POSTGRES, as("resting", "btp", PASSWORD), "postgres.login");

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.evidence().getFirst()).contains("not permitted to log in");
    }

    @Test
    void namesTheMissingRightToMakeTables() throws Exception {
        var problem = Proving.direct().failure(POSTGRES, as("guest", "btp", PASSWORD), "postgres.rights");

        assertThat(problem.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(problem.summary()).isEqualTo("Role guest may not make tables in database btp");
    }

    @Test
    void warnsOfTheMissingRightToMakeSchemas() throws Exception {
        servers.encrypted().run("postgres", "CREATE ROLE tenant LOGIN PASSWORD '%s'".formatted(PASSWORD.reveal()));
        servers.encrypted().run("btp", "GRANT CREATE, USAGE ON SCHEMA public TO tenant");

        assertThat(Proving.direct()
                        .warning(POSTGRES, as("tenant", "btp", PASSWORD), "postgres.rights")
                        .summary())
                .contains("may not make schemas or extensions");
    }

    @Test
    void namesAnAuthorityThatIsNotTrusted() throws Exception {
        var tls = Tls.verifiedBy(servers.other().authority());
        var postgres = at("localhost", servers.encrypted().port(), tls);

        assertThat(Proving.direct()
                        .failure(POSTGRES, postgres, "postgres.reach")
                        .summary())
                .contains("signed by an authority that is not trusted");
        assertThat(Proving.direct()
                        .failure(POSTGRES, postgres, "postgres.login")
                        .summary())
                .contains("signed by an authority that is not trusted");
    }

    @Test
    void namesAnAuthorityThatCannotBeRead() throws Exception {
        var postgres = at("localhost", servers.encrypted().port(), Tls.verifiedBy("no certificate"));

        assertThat(Proving.direct()
                        .failure(POSTGRES, postgres, "postgres.reach")
                        .reason())
                .isEqualTo(Reason.INVALID);
        assertThat(Proving.direct()
                        .failure(POSTGRES, postgres, "postgres.login")
                        .reason())
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void namesACertificateForAnotherName() throws Exception {
        var postgres = at("127.0.0.1", servers.encrypted().port(), verified());

        assertThat(Proving.direct()
                        .failure(POSTGRES, postgres, "postgres.reach")
                        .summary())
                .contains("is for another name, expected 127.0.0.1");
    }

    @Test
    void namesAnExpiredCertificate() throws Exception {
        var expired = servers.authority().signExpired("expired", "DNS:localhost");
        try (var server = PostgresServer.start(Optional.of(expired))) {
            assertThat(Proving.direct()
                            .failure(POSTGRES, at("localhost", server.port(), verified()), "postgres.reach")
                            .summary())
                    .contains("has expired");
        }
    }

    @Test
    void namesAServerWithoutTls() throws Exception {
        var postgres = at("localhost", servers.plain().port(), verified());

        assertThat(Proving.direct()
                        .failure(POSTGRES, postgres, "postgres.reach")
                        .summary())
                .contains("offers no TLS");
        assertThat(Proving.direct()
                        .failure(POSTGRES, postgres, "postgres.login")
                        .summary())
                .contains("offers no TLS");
    }

    @Test
    void namesAServerThatWantsTls() throws Exception {
        var problem = Proving.direct()
                .failure(POSTGRES, at("localhost", servers.encrypted().port(), Tls.disabled()), "postgres.login");

        assertThat(problem.summary()).contains("over TLS only, and plain text is asked for");
    }

    @Test
    void namesAClosedPort() throws Exception {
        int closed = Sockets.closedPort();

        assertThat(Proving.direct()
                        .failure(POSTGRES, at("localhost", closed, verified()), "postgres.reach")
                        .summary())
                .isEqualTo("localhost refuses connections at port %d: nothing listens there".formatted(closed));
    }

    @Test
    void namesAServerThatIsNoPostgres() throws Exception {
        try (var other = Sockets.answering("HTTP/1.1 400 Bad Request\r\n\r\n")) {
            assertThat(Proving.direct()
                            .failure(POSTGRES, at("localhost", other.port(), verified()), "postgres.reach")
                            .summary())
                    .contains("was not understood");
        }
    }

    private static Postgres usual() throws IOException {
        return as("app", "btp", PASSWORD);
    }

    private static Postgres as(String role, String database, Secret password) throws IOException {
        return new Postgres("localhost", servers.encrypted().port(), database, role, password, verified());
    }

    private static Postgres at(String host, int port, Tls tls) {
        return new Postgres(host, port, "btp", "app", PASSWORD, tls);
    }

    private static Tls verified() throws IOException {
        return Tls.verifiedBy(servers.authority().authority());
    }
}
