package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Permission;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that may be done in a cluster, as its authorizer names it.
 *
 * @param verb for example {@code create}
 * @param group API group; empty for the core group
 * @param resource plural with its subresource, for example {@code pods/log}; for what is no resource, its path
 * @param name the one object that is meant, where it is just one
 * @param namespace where; empty for cluster-wide
 */
public record Right(String verb, String group, String resource, Optional<String> name, Optional<String> namespace)
        implements Comparable<Right> {
    /** The system of permissions in a Kubernetes cluster. */
    public static final String SYSTEM = "kubernetes";

    private static final String EVERYWHERE = "*";
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern PATH = Pattern.compile(
            "/(?:api/v1|apis/([^/]+)/[^/]+)" + "(?:/namespaces/([^/]+)(?=/[^/]+))?/([^/]+)(?:/([^/]+)(?:/([^/]+))?)?");

    /**
     * Reads a permission as {@link Permission#kubernetes} writes it. A scope that is no namespace's name, as it is known
     * only later, stands for the whole cluster.
     */
    public static Right of(Permission permission) {
        var words = List.of(permission.action().split(" "));
        var qualified = words.get(1);
        int slash = qualified.startsWith("/") ? -1 : qualified.indexOf('/');
        return new Right(
                words.get(0),
                slash < 0 ? "" : qualified.substring(0, slash),
                qualified.substring(slash + 1).replace(':', '/'),
                words.stream().skip(2).findFirst(),
                Optional.of(permission.scope())
                        .filter(scope -> NAMESPACE.matcher(scope).matches()));
    }

    /** Reads a request to an API server; empty for those that everybody may make, as they say what is served. */
    static Optional<Right> of(Call call) {
        var path = PATH.matcher(URI.create(call.path()).getRawPath());
        if (!path.matches()) {
            return Optional.empty();
        }
        var name = Optional.ofNullable(path.group(4));
        var resource = path.group(3)
                + Optional.ofNullable(path.group(5)).map(sub -> "/" + sub).orElse("");
        return Optional.of(new Right(
                verb(call.method(), name.isPresent()),
                Optional.ofNullable(path.group(1)).orElse(""),
                resource,
                Optional.empty(),
                Optional.ofNullable(path.group(2))));
    }

    private static String verb(String method, boolean isOne) {
        return switch (method) {
            case "GET" -> isOne ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    /** Tells whether it is about a path that is no resource. */
    public boolean isAboutPath() {
        return resource.startsWith("/");
    }

    /** Gives it for the whole cluster. */
    public Right everywhere() {
        return new Right(verb, group, resource, name, Optional.empty());
    }

    /** Gives it as a permission. */
    public Permission permission() {
        var qualified = (group.isEmpty() ? "" : group + "/") + (isAboutPath() ? resource : resource.replace('/', ':'));
        return Permission.kubernetes(
                verb, qualified + name.map(one -> " " + one).orElse(""), namespace.orElse(EVERYWHERE));
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }

    /** Gives it as people read it. */
    @Override
    public String toString() {
        return "%s %s%s%s%s"
                .formatted(
                        verb,
                        resource,
                        group.isEmpty() ? "" : "." + group,
                        name.map(one -> " " + one).orElse(""),
                        namespace.map(place -> " in " + place).orElse(" in the whole cluster"));
    }
}
