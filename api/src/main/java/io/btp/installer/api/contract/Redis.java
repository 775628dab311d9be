package io.btp.installer.api.contract;

import java.util.Optional;

/**
 * A Redis-compatible server.
 *
 * @param host as workloads in the cluster reach it
 * @param port TCP port
 * @param username ACL user, absent for the default user
 * @param password absent where the server asks for none
 * @param tls how to connect
 */
public record Redis(String host, int port, Optional<String> username, Optional<Secret> password, Tls tls) {}
