package io.btp.installer.host.kubernetes;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A kind as the API server serves it.
 *
 * @param apiVersion group and version, or the version alone in the core group
 * @param kind for example {@code Deployment}
 * @param plural for example {@code deployments}
 * @param namespaced true where its objects live in namespaces
 * @param verbs what can be done with it
 */
public record ResourceType(String apiVersion, String kind, String plural, boolean namespaced, Set<String> verbs) {
    /** Copies the set. */
    public ResourceType {
        verbs = Set.copyOf(verbs);
    }

    /** Gives {@code group/plural}, or the plural alone in the core group, as permissions name it. */
    public String qualified() {
        return group().map(group -> group + "/").orElse("") + plural;
    }

    /** Gives the API group; empty for the core group. */
    public Optional<String> group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(apiVersion.substring(0, slash));
    }

    /** Gives the resource name of a kind where no server can be asked. */
    public static String pluralOf(String kind) {
        return Plural.of(kind.toLowerCase(Locale.ROOT));
    }

    String path(Optional<String> namespace) {
        var place = namespaced ? namespace.map(name -> "/namespaces/" + name).orElse("") : "";
        return root(apiVersion) + place + "/" + plural;
    }

    static String root(String apiVersion) {
        return (apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion;
    }
}
