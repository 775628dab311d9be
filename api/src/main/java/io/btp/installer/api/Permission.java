package io.btp.installer.api;

/**
 * Something that a step must be allowed to do.
 *
 * @param system {@code kubernetes}, {@code aws} or the plugin's own word
 * @param action {@code create apps/deployments}, {@code rds:CreateDBInstance}; in Kubernetes a verb, a resource and, where
 *     just one object is meant, its name
 * @param scope where: a namespace, an ARN pattern, or {@code *}
 */
public record Permission(String system, String action, String scope) {
    /**
     * Something in a Kubernetes cluster.
     *
     * @param verb for example {@code create}
     * @param resource {@code group/plural}, or the plural alone in the core group; a subresource stands behind a colon
     *     ({@code pods:log}); for what is no resource, its path ({@code /metrics})
     * @param namespace where, or {@code *} for cluster-wide
     */
    public static Permission kubernetes(String verb, String resource, String namespace) {
        return new Permission("kubernetes", verb + " " + resource, namespace);
    }

    /** Something in an AWS account. */
    public static Permission aws(String action, String resource) {
        return new Permission("aws", action, resource);
    }
}
