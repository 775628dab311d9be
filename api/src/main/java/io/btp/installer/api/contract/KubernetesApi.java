package io.btp.installer.api.contract;

/**
 * A group and version that the cluster serves beyond Kubernetes itself.
 *
 * @param groupVersion for example {@code postgresql.cnpg.io/v1}
 * @param servedBy who serves it: a release of ours, or words for what was there before
 * @param adopted true where it was there before: never changed, never removed
 */
public record KubernetesApi(String groupVersion, String servedBy, boolean adopted) {}
