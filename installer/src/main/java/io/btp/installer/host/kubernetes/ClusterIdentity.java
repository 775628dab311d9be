package io.btp.installer.host.kubernetes;

import io.btp.installer.api.contract.Cluster;
import io.btp.installer.api.contract.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * What a cluster says of itself.
 *
 * @param uid uid of the namespace {@code kube-system}
 * @param server address of the API server
 * @param version for example {@code v1.35.4}
 * @param storageClass the default storage class, if there is one
 * @param simulated true where {@code kube-system} carries the label {@link #SIMULATED}
 */
public record ClusterIdentity(
        String uid, URI server, String version, Optional<String> storageClass, boolean simulated) {
    /** Label of {@code kube-system}, with the value {@code true}, in clusters where no kubelet runs what is scheduled. */
    public static final String SIMULATED = "installer.btp/simulated";

    /** Gives the record of the cluster. */
    public Cluster record(String name, Secret access, Cluster.Identities identity) {
        return new Cluster(uid, name, server, access, version, storageClass, identity, simulated);
    }
}
