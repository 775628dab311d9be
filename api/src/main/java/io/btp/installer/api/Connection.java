package io.btp.installer.api;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How this program and what it installs reach the world.
 *
 * <p>A registry mirror keeps paths: what upstream serves as {@code ghcr.io/cloudnative-pg/postgresql} it serves as {@code
 * MIRROR/cloudnative-pg/postgresql}, images and OCI charts alike. A chart of a chart repository, which has no path of its
 * own, is {@code MIRROR/charts/NAME}. Both are asked for by {@link #image} and {@link #mirrored}; nobody else knows the
 * layout.
 *
 * @param proxy HTTP proxy, without user and password
 * @param noProxy host names, domains (with a leading dot) and networks that are reached without it
 * @param authority PEM text of certificate authorities to trust beside the public ones
 * @param registryMirror registry and path that serve images and charts instead of the public ones
 * @param proxyLogin who the proxy lets through, where it asks
 * @param mirrorLogin who reads from the registry mirror, where it asks
 * @param probeImage image with curl, by which addresses are looked at from pods
 */
public record Connection(
        Optional<URI> proxy,
        List<String> noProxy,
        Optional<String> authority,
        Optional<String> registryMirror,
        Optional<Login> proxyLogin,
        Optional<Login> mirrorLogin,
        String probeImage) {
    /** The image that addresses are looked at with where the answers name none. */
    public static final String CURL = "docker.io/curlimages/curl:8.11.1";

    private static final String LIBRARY = "library/";

    /** Copies the list. */
    public Connection {
        noProxy = List.copyOf(noProxy);
        registryMirror = registryMirror.map(mirror -> mirror.replaceFirst("/+$", ""));
    }

    /** Looks at addresses from pods with the usual image. */
    public Connection(
            Optional<URI> proxy,
            List<String> noProxy,
            Optional<String> authority,
            Optional<String> registryMirror,
            Optional<Login> proxyLogin,
            Optional<Login> mirrorLogin) {
        this(proxy, noProxy, authority, registryMirror, proxyLogin, mirrorLogin, CURL);
    }

    /** Reaches a proxy and a mirror that ask for no login. */
    public Connection(
            Optional<URI> proxy, List<String> noProxy, Optional<String> authority, Optional<String> registryMirror) {
        this(proxy, noProxy, authority, registryMirror, Optional.empty(), Optional.empty());
    }

    /** Reaches everything directly. */
    public static Connection direct() {
        return new Connection(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Gives the reference by which an image, or a repository of images, is to be pulled: the mirror's, where there is one.
     * Called by whoever sets images in manifests and chart values.
     *
     * @param upstream reference with its registry, for example {@code ghcr.io/cloudnative-pg/postgresql:17}; tag and digest
     *     are kept
     */
    public String image(String upstream) {
        return registryMirror.map(mirror -> mirror + "/" + path(upstream)).orElse(upstream);
    }

    /** Leaves out the registry, and the folder of Docker Hub that nobody writes. */
    private static String path(String upstream) {
        int slash = upstream.indexOf('/');
        var first = upstream.substring(0, Math.max(0, slash));
        var isRegistry = first.contains(".") || first.contains(":") || first.equals("localhost");
        var path = isRegistry ? upstream.substring(slash + 1) : upstream;
        return path.startsWith(LIBRARY) ? path.substring(LIBRARY.length()) : path;
    }

    /**
     * Gives where a chart that a provider comes with is fetched from: the mirror, where there is one. Called by the host;
     * charts that the answers name a place for, and files, are fetched from there.
     */
    public Chart mirrored(Chart upstream) {
        var scheme = String.valueOf(upstream.location().getScheme());
        if (registryMirror.isEmpty() || scheme.equals("file")) {
            return upstream;
        }
        var path = scheme.equals("oci") ? upstream.location().getPath() : "/charts/" + upstream.name();
        var location = URI.create("oci://" + registryMirror.get() + path);
        return new Chart(location, upstream.name(), upstream.version(), upstream.digest(), mirrorLogin);
    }
}
