package io.btp.installer.api.contract;

/**
 * A PostgreSQL database and the role that owns it.
 *
 * @param host as workloads in the cluster reach it
 * @param port TCP port
 * @param database name of the database
 * @param username role that owns it
 * @param password the role's password
 * @param tls how to connect
 */
public record Postgres(String host, int port, String database, String username, Secret password, Tls tls) {}
