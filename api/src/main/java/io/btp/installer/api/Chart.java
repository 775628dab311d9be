package io.btp.installer.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a Helm chart comes from. The host fetches and checks it.
 *
 * @param location {@code https:} chart repository, {@code oci:} reference without tag, or {@code file:} archive or folder
 * @param name the chart's name
 * @param version exact version; empty for whatever a {@code file:} holds
 * @param digest {@code sha256:} and hexadecimal digits of the archive, where it is pinned
 * @param login who reads from there, where the place asks for a login
 */
public record Chart(
        URI location, String name, Optional<String> version, Optional<String> digest, Optional<Login> login) {
    /** Checks the scheme and the version. */
    public Chart {
        var scheme = String.valueOf(location.getScheme());
        if (!scheme.matches("https?|oci|file")) {
            throw new IllegalArgumentException("a chart comes from https:, oci: or file:, not from " + location);
        }
        if (version.isEmpty() && !scheme.equals("file")) {
            throw new IllegalArgumentException("a chart from " + location + " needs an exact version");
        }
    }

    /** A chart that anybody may read. */
    public Chart(URI location, String name, Optional<String> version, Optional<String> digest) {
        this(location, name, version, digest, Optional.empty());
    }

    /** A chart in a chart repository. */
    public static Chart repository(String url, String name, String version) {
        return new Chart(URI.create(url), name, Optional.of(version), Optional.empty());
    }

    /**
     * A chart in an OCI registry.
     *
     * @param reference {@code oci://registry/path/name}
     */
    public static Chart oci(String reference, String version) {
        var location = URI.create(reference);
        var name = reference.substring(reference.lastIndexOf('/') + 1);
        return new Chart(location, name, Optional.of(version), Optional.empty());
    }

    /** A chart archive or folder on the installer's host. */
    public static Chart file(Path path, String name) {
        return new Chart(path.toUri(), name, Optional.empty(), Optional.empty());
    }

    /** Pins the archive. */
    public Chart pinned(String sha256) {
        return new Chart(location, name, version, Optional.of(sha256), login);
    }

    /** Gives it as it is read by somebody who logs in, or by anybody. */
    public Chart readBy(Optional<Login> reader) {
        return new Chart(location, name, version, digest, reader);
    }
}
