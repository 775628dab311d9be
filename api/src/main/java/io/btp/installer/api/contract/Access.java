package io.btp.installer.api.contract;

/** How a workload proves who it is to a service: with keys, or as the workload that it is. */
public sealed interface Access {
    /**
     * A pair of keys.
     *
     * @param accessKey the public half
     * @param secretKey the confidential half
     */
    record Keys(String accessKey, Secret secretKey) implements Access {}

    /**
     * An identity that the platform under the workload vouches for (IRSA, EKS pod identity, Kubernetes role).
     *
     * @param role what it may act as, for example a role ARN
     * @param serviceAccount the Kubernetes service account that is bound to the role
     */
    record WorkloadIdentity(String role, String serviceAccount) implements Access {}

    /**
     * A bearer token.
     *
     * @param token the token
     */
    record Token(Secret token) implements Access {}
}
