package io.btp.installer.api.contract;

import java.net.URI;

/**
 * The running platform.
 *
 * @param url where people open it
 * @param version version of its chart
 * @param release Helm release, as {@code namespace/name}
 */
public record Platform(URI url, String version, String release) {}
