package io.btp.installer.host.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** PostgreSQL of the distribution, with a folder of its own. Roles other than {@code postgres} get in by TLS only. */
public final class PostgresServer implements AutoCloseable {
    private static final String ADMINISTRATOR = "postgres";
    private static final String PASSWORD = "administrator-of-tests";

    private final Running running;
    private final int port;

    private PostgresServer(Running running, int port) {
        this.running = running;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param certificate turns TLS on
     * @param hostBased further lines of {@code pg_hba.conf}
     */
    public static PostgresServer start(Optional<Certificates.Certificate> certificate, String... hostBased)
            throws IOException, InterruptedException {
        var binaries = binaries();
        var folder = Files.createTempDirectory("btp-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        Files.writeString(folder.resolve("password"), PASSWORD);
        var data = folder.resolve("data").toString();
        own(folder);
        Running.toTheEnd(
                Path.of("/"),
                "/usr/bin/env",
                as(List.of(
                                binaries.resolve("initdb").toString(),
                                "-D",
                                data,
                                "-A",
                                "scram-sha-256",
                                "-U",
                                ADMINISTRATOR,
                                "--no-sync",
                                "--pwfile=" + folder.resolve("password")))
                        .toArray(String[]::new));
        var lines = new ArrayList<>(
                List.of("host all postgres 127.0.0.1/32 scram-sha-256", "hostssl all all 127.0.0.1/32 scram-sha-256"));
        lines.addAll(List.of(hostBased));
        Files.writeString(folder.resolve("data/pg_hba.conf"), String.join("\n", lines) + "\n");
        int port = Running.freePort();
        var command = new ArrayList<>(as(List.of(
                binaries.resolve("postgres").toString(),
                "-D",
                data,
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=20")));
        if (certificate.isPresent()) {
            Files.copy(certificate.get().certificate(), folder.resolve("server.pem"));
            Files.copy(certificate.get().key(), folder.resolve("server.key"));
            Files.setPosixFilePermissions(folder.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
            command.addAll(List.of(
                    "-c",
                    "ssl=on",
                    "-c",
                    "ssl_cert_file=" + folder.resolve("server.pem"),
                    "-c",
                    "ssl_key_file=" + folder.resolve("server.key")));
        }
        own(folder);
        command.addFirst("/usr/bin/env");
        return new PostgresServer(Running.start(folder, port, command), port);
    }

    /** Gives its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Runs statements as the administrator. */
    public void run(String database, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url(database), ADMINISTRATOR, PASSWORD);
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Gives the first column of what a query finds, asked as the administrator. */
    public List<String> ask(String database, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(url(database), ADMINISTRATOR, PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Override
    public void close() {
        running.close();
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?sslmode=disable".formatted(port, database);
    }

    private static Path binaries() throws IOException {
        var places = new ArrayList<String>();
        var versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (var found = Files.list(versions)) {
                found.forEach(
                        version -> places.add(version.resolve("bin/postgres").toString()));
            }
        }
        places.add("/usr/local/bin/postgres");
        return Optional.ofNullable(Backend.program("PostgreSQL", places.toArray(String[]::new))
                        .getParent())
                .orElseThrow();
    }

    // PostgreSQL refuses to run as root.
    private static List<String> as(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        var whole = new ArrayList<>(
                List.of("setpriv", "--reuid=" + ADMINISTRATOR, "--regid=" + ADMINISTRATOR, "--clear-groups", "--"));
        whole.addAll(command);
        return whole;
    }

    private static void own(Path folder) throws IOException, InterruptedException {
        if (isRoot()) {
            Running.toTheEnd(
                    Path.of("/"),
                    "/usr/bin/env",
                    "chown",
                    "-R",
                    ADMINISTRATOR + ":" + ADMINISTRATOR,
                    folder.toString());
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
