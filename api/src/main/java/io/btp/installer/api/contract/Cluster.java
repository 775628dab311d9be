package io.btp.installer.api.contract;

import java.net.URI;
import java.util.Optional;

/**
 * The Kubernetes cluster that the installation lives in.
 *
 * @param uid uid of the namespace {@code kube-system}: the cluster's identity, to which the installation record is
 *     pinned
 * @param name what people call it, for example the kubeconfig's context
 * @param server address of the API server
 * @param access kubeconfig text with exactly one context; the host's Helm and Kubernetes ports are built from it
 * @param version Kubernetes version as the server reports it, for example {@code v1.35.4}
 * @param storageClass the default storage class, if there is one
 * @param identity how workloads get cloud identities
 * @param simulated true where no kubelet runs what is scheduled (the sandbox): services may have nothing behind them
 */
public record Cluster(
        String uid,
        String name,
        URI server,
        Secret access,
        String version,
        Optional<String> storageClass,
        Identities identity,
        boolean simulated) {
    /** How workloads of the cluster get cloud identities. */
    public enum Identities {
        /** They do not. */
        PLAIN,
        /** By IAM roles for service accounts (an OIDC issuer). */
        IRSA,
        /** By EKS pod identity. */
        POD_IDENTITY
    }
}
