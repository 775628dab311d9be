package io.btp.installer.host.probe;

import io.btp.installer.api.Check;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.Tunnel;
import io.btp.installer.api.contract.Postgres;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/** Proves a PostgreSQL database and the role that owns it. */
final class PostgresProof {
    private static final int OLDEST = 13;
    private static final int TLS_REQUEST = 80_877_103;

    private final Postgres postgres;
    private final Subject subject;
    private final Gate gate;
    private final String mark;
    private final PostgresFaults faults;

    /**
     * Proves it.
     *
     * @param mark name of what the trial makes
     */
    PostgresProof(Postgres postgres, Subject subject, Gate gate, String mark) {
        this.postgres = postgres;
        this.subject = subject;
        this.gate = gate;
        this.mark = mark;
        this.faults = new PostgresFaults(postgres, subject);
    }

    List<Check> checks() {
        return List.of(
                subject.check("postgres.reach", subject.name() + " answers", this::reach),
                subject.check(
                        "postgres.login",
                        "PostgreSQL lets %s into database %s".formatted(postgres.username(), postgres.database()),
                        this::login),
                subject.check(
                                "postgres.rights",
                                "%s may make and remove tables in database %s"
                                        .formatted(postgres.username(), postgres.database()),
                                this::rights)
                        .asTrial());
    }

    private Check.Result reach() throws IOException, InterruptedException {
        try (var connected = subject.line().connect()) {
            var socket = connected.socket();
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(8).putInt(8).putInt(TLS_REQUEST).array());
            int answer = socket.getInputStream().read();
            return switch (answer) {
                case 'S' -> secured(connected);
                case 'N' -> plain();
                case -1 -> throw new EOFException("closed after the first message");
                default ->
                    throw new ProtocolException("expected S or N to PostgreSQL's question for TLS, got byte " + answer);
            };
        }
    }

    private Check.Result secured(Line.Connected connected) throws IOException {
        if (!postgres.tls().isEnabled()) {
            return new Check.Result.Passed("reached, plain as asked; the server offers TLS");
        }
        try (var secured = subject.line().secure(connected)) {
            return new Check.Result.Passed("reached, " + TlsWords.of(secured, subject.line()));
        }
    }

    private Check.Result plain() {
        return postgres.tls().isEnabled()
                ? new Check.Result.Failed(faults.noTls())
                : new Check.Result.Passed("reached, plain as asked");
    }

    private Check.Result login() throws IOException, InterruptedException {
        try (var way = subject.line().tunnel().open(postgres.host(), postgres.port());
                var session = session(way)) {
            var metadata = session.getMetaData();
            var version = metadata.getDatabaseProductVersion();
            if (metadata.getDatabaseMajorVersion() < OLDEST) {
                return new Check.Result.Warned(Problem.of(
                        Reason.UNSUPPORTED,
                        "%s is PostgreSQL %s, expected %d or newer".formatted(subject.name(), version, OLDEST),
                        "Upgrade the server"));
            }
            return new Check.Result.Passed("PostgreSQL " + version);
        } catch (SQLException failed) {
            throw faults.refusal(failed);
        }
    }

    // In one transaction that is never committed: nothing can be left, whatever happens meanwhile.
    private Check.Result rights() throws IOException, InterruptedException {
        try (var way = subject.line().tunnel().open(postgres.host(), postgres.port());
                var session = session(way)) {
            session.setAutoCommit(false);
            try (var statement = session.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '5s'");
                statement.execute("CREATE TABLE \"%s\" (id integer)".formatted(mark));
                statement.execute("INSERT INTO \"%s\" VALUES (1)".formatted(mark));
                statement.execute("DROP TABLE \"%s\"".formatted(mark));
            }
            session.rollback();
            return ownsDatabase(session)
                    ? new Check.Result.Passed("tables, schemas and trusted extensions")
                    : new Check.Result.Warned(faults.noSchemas());
        } catch (SQLException failed) {
            throw faults.refusal(failed);
        }
    }

    private static boolean ownsDatabase(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var answer = statement.executeQuery("SELECT has_database_privilege(current_database(), 'CREATE')")) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    private Connection session(Tunnel.Way way) throws IOException, InterruptedException {
        var user = "%s as %s".formatted(subject.name(), postgres.username());
        return gate.enter(user, Optional.of(postgres.password()), () -> {
            try {
                return Optional.ofNullable(new Driver().connect(url(way), parameters()))
                        .orElseThrow(() -> new IllegalStateException("the driver takes every jdbc:postgresql URL"));
            } catch (SQLException refused) {
                throw faults.refusal(refused);
            }
        });
    }

    private static String url(Tunnel.Way way) {
        var literal = way.address().getAddress().getHostAddress();
        var host = literal.contains(":") ? "[" + literal + "]" : literal;
        return "jdbc:postgresql://%s:%d/".formatted(host, way.address().getPort());
    }

    private Properties parameters() {
        var parameters = new Properties();
        parameters.setProperty("PGDBNAME", postgres.database());
        parameters.setProperty("user", postgres.username());
        parameters.setProperty("password", postgres.password().reveal());
        parameters.setProperty("ApplicationName", "btp-installer");
        parameters.setProperty("connectTimeout", seconds(Line.CONNECT_MILLIS));
        parameters.setProperty("socketTimeout", seconds(Line.READ_MILLIS));
        parameters.setProperty("gssEncMode", "disable");
        parameters.setProperty("logServerErrorDetail", "false");
        parameters.setProperty("sslmode", "disable");
        subject.line().trust().ifPresent(trust -> {
            // The name is verified by DriverTls, as the driver knows the tunnel's end only.
            parameters.setProperty("sslmode", "require");
            parameters.setProperty("sslfactory", DriverTls.class.getName());
            parameters.setProperty("sslfactoryarg", DriverTls.argument(postgres.host(), trust));
        });
        return parameters;
    }

    private static String seconds(int millis) {
        return String.format(Locale.ROOT, "%d", millis / 1_000);
    }
}
