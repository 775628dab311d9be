package io.btp.installer.plugin.kubernetes;

import io.btp.installer.api.Check;
import io.btp.installer.api.Context;
import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Records;
import io.btp.installer.api.Slots;
import io.btp.installer.api.contract.Cluster;
import java.util.Optional;

/** Proves that claims for storage will be met: a claim without a class waits for ever. */
final class StorageClassCheck {
    private StorageClassCheck() {}

    /**
     * Proves it in the cluster of these records; empty while it is missing.
     *
     * @param wanted the class that the answers name; empty for the cluster's default
     */
    static Optional<Check> of(String id, String title, Optional<String> wanted, Context context, Records records) {
        return records.find(Slots.CLUSTER)
                .map(cluster -> Check.of(
                        id,
                        title,
                        () -> wanted.isPresent() ? named(wanted.get(), context, records) : byDefault(cluster)));
    }

    private static Check.Result named(String name, Context context, Records records) throws InterruptedException {
        var found = context.kubernetes(records).find(ObjectRef.clusterWide("storage.k8s.io/v1", "StorageClass", name));
        if (found.isPresent()) {
            return new Check.Result.Passed("Storage class " + name);
        }
        return new Check.Result.Failed(Problem.of(
                Problem.Reason.NOT_FOUND,
                "The cluster has no storage class " + name,
                "Name one that kubectl get storageclass lists, or leave the answer out for the default"));
    }

    private static Check.Result byDefault(Cluster cluster) {
        if (cluster.storageClass().isPresent()) {
            return new Check.Result.Passed(
                    "Default storage class " + cluster.storageClass().get());
        }
        if (cluster.simulated()) {
            return new Check.Result.Simulated("volumes");
        }
        return new Check.Result.Failed(
                Problem.of(
                        Problem.Reason.NOT_FOUND,
                        "The cluster has no default storage class, and the answers name none",
                        "Answer storageClass, or annotate a StorageClass with storageclass.kubernetes.io/is-default-class=true"));
    }
}
