package io.btp.installer.api;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How this program and what it installs reach the world.
 *
 * @param proxy HTTP proxy
 * @param noProxy host names, domains (with a leading dot) and networks that are reached without it
 * @param authority PEM text of certificate authorities to trust beside the public ones
 * @param registryMirror registry and path that serve images and charts instead of the public ones
 */
public record Connection(
        Optional<URI> proxy, List<String> noProxy, Optional<String> authority, Optional<String> registryMirror) {
    /** Copies the list. */
    public Connection {
        noProxy = List.copyOf(noProxy);
    }

    /** Reaches everything directly. */
    public static Connection direct() {
        return new Connection(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }
}
