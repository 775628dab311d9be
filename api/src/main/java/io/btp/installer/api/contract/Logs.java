package io.btp.installer.api.contract;

import java.net.URI;

/**
 * Where logs are sent and queried.
 *
 * @param push where they are sent
 * @param query where they are queried
 */
public record Logs(URI push, URI query) {}
