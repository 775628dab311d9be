package io.btp.installer.host.probe;

import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import io.btp.installer.api.contract.Postgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PSQLException;

/** Names why PostgreSQL refused. Its states: https://www.postgresql.org/docs/current/errcodes-appendix.html */
record PostgresFaults(Postgres postgres, Subject subject) {
    Problem noTls() {
        return Problem.of(
                Reason.UNSUPPORTED,
                "%s offers no TLS, and TLS is asked for".formatted(subject.name()),
                "Turn on ssl in the server, or answer tls: disable where the network between is trusted");
    }

    Problem noSchemas() {
        return Problem.of(
                Reason.FORBIDDEN,
                "Role %s may not make schemas or extensions in database %s"
                        .formatted(postgres.username(), postgres.database()),
                "GRANT CREATE ON DATABASE \"%s\" TO \"%s\"".formatted(postgres.database(), postgres.username()));
    }

    ProviderException refusal(SQLException refused) {
        var known = Faults.find(refused, ProviderException.class);
        if (known.isPresent()) {
            return known.get();
        }
        var broken = Faults.find(refused, IOException.class);
        if (broken.isPresent() && serverWords(refused).isEmpty()) {
            return new ProviderException(
                    Faults.of(broken.get(), subject.name(), subject.line().host()), broken.get());
        }
        var words = serverWords(refused).orElseGet(() -> Faults.words(refused));
        var state = Optional.ofNullable(refused.getSQLState()).orElse("");
        return new ProviderException(
                problem(state, words).evidence(List.of("PostgreSQL said: %s (%s)".formatted(words, state))), refused);
    }

    private Problem problem(String state, String words) {
        var role = postgres.username();
        var database = postgres.database();
        return switch (state) {
            case "28P01" ->
                Problem.of(
                        Reason.UNAUTHENTICATED,
                        "%s does not accept the password of role %s".formatted(subject.name(), role),
                        "Correct username and password; PostgreSQL says the same for a role that does not exist");
            case "28000" -> hostBased(words);
            case "3D000" ->
                Problem.of(
                        Reason.NOT_FOUND,
                        "%s has no database %s".formatted(subject.name(), database),
                        "CREATE DATABASE \"%s\" OWNER \"%s\", or correct the name".formatted(database, role));
            case "42501" ->
                words.contains("database")
                        ? Problem.of(
                                Reason.FORBIDDEN,
                                "Role %s may not connect to database %s".formatted(role, database),
                                "GRANT CONNECT ON DATABASE \"%s\" TO \"%s\"".formatted(database, role))
                        : noTables();
            case "3F000" -> noTables();
            case "25006" ->
                Problem.of(
                        Reason.UNSUPPORTED,
                        "%s is a read-only replica, expected the primary".formatted(subject.name()),
                        "Answer the host of the primary");
            case "53300" ->
                Problem.of(
                        Reason.QUOTA,
                        "%s has no connection left".formatted(subject.name()),
                        "Raise max_connections, or end idle connections");
            case "53100", "53200" ->
                Problem.of(
                        Reason.QUOTA,
                        "%s is out of disk space or memory".formatted(subject.name()),
                        "Give the server more of it");
            case "57P03", "57P01", "57P02" ->
                Problem.of(
                        Reason.NOT_READY,
                        "%s is starting or stopping".formatted(subject.name()),
                        "Wait until it is up, then run the same command again");
            case "08004" -> words.contains("does not support SSL") ? noTls() : other(state);
            default -> other(state);
        };
    }

    private Problem hostBased(String words) {
        if (words.contains("no encryption") && !postgres.tls().isEnabled()) {
            return Problem.of(
                    Reason.FORBIDDEN,
                    "%s lets role %s in over TLS only, and plain text is asked for"
                            .formatted(subject.name(), postgres.username()),
                    "Answer tls: verify-full");
        }
        return Problem.of(
                Reason.FORBIDDEN,
                "%s does not let role %s into database %s from here"
                        .formatted(subject.name(), postgres.username(), postgres.database()),
                "Add an entry for role, database and network to pg_hba.conf, or allow the role to log in");
    }

    private Problem noTables() {
        return Problem.of(
                Reason.FORBIDDEN,
                "Role %s may not make tables in database %s".formatted(postgres.username(), postgres.database()),
                "ALTER DATABASE \"%2$s\" OWNER TO \"%1$s\", or GRANT CREATE, USAGE ON SCHEMA public TO \"%1$s\" there"
                        .formatted(postgres.username(), postgres.database()));
    }

    private Problem other(String state) {
        return Problem.of(
                state.startsWith("08") ? Reason.UNREACHABLE : Reason.FAILED,
                "%s refused".formatted(subject.name()),
                "See what PostgreSQL says, and its log");
    }

    private static Optional<String> serverWords(SQLException refused) {
        return refused instanceof PSQLException own && own.getServerErrorMessage() != null
                ? Optional.ofNullable(own.getServerErrorMessage().getMessage())
                : Optional.empty();
    }
}
