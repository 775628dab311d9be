package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.Problem.Reason;
import io.btp.installer.api.ProviderException;
import java.util.Map;
import java.util.Optional;

/** Says why a claim for storage is not bound. */
final class Claims {
    private final Reader reader;

    Claims(Reader reader) {
        this.reader = reader;
    }

    /** Looks at a claim; one that waits for its first pod is as ready as it can be. */
    Optional<Problem> missing(ObjectRef ref, Map<String, Object> claim) throws InterruptedException {
        var phase = Fields.text(claim, "status", "phase").orElse("Pending");
        if (phase.equals("Bound")) {
            return Optional.empty();
        }
        if (phase.equals("Lost")) {
            throw new ProviderException(Problem.of(
                    Reason.FAILED,
                    "%s has lost its volume %s"
                            .formatted(
                                    ref,
                                    Fields.text(claim, "spec", "volumeName").orElse("")),
                    "Bring the volume back, or restore the data from a backup into a new claim"));
        }
        var name = Fields.text(claim, "spec", "storageClassName");
        if (name.isEmpty()) {
            return Optional.of(problem(ref).causedBy(noDefault()));
        }
        var storageClass = reader.find(ObjectRef.clusterWide("storage.k8s.io/v1", "StorageClass", name.get()));
        if (storageClass.isEmpty()) {
            return Optional.of(problem(ref).causedBy(noSuchClass(name.get())));
        }
        if (Fields.text(storageClass.get(), "volumeBindingMode").orElse("").equals("WaitForFirstConsumer")
                && Fields.text(claim, "metadata", "annotations", "volume.kubernetes.io/selected-node")
                        .isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(problem(ref).causedBy(unprovisioned(ref, storageClass.get())));
    }

    /** Whoever makes the volume outside of the cluster says nothing while it is not there: only the claim's events do. */
    private Problem unprovisioned(ObjectRef ref, Map<String, Object> storageClass) throws InterruptedException {
        var provisioner = Fields.text(storageClass, "provisioner").orElse("");
        var summary = "Provisioner %s of StorageClass %s has made no volume"
                .formatted(
                        provisioner,
                        Fields.text(storageClass, "metadata", "name").orElse(""));
        return Causes.waiting(
                        summary,
                        "See whether the pods of the storage driver %s run and what they log, or name another storage class"
                                .formatted(provisioner))
                .evidence(Causes.latest(reader, ref));
    }

    private Problem noSuchClass(String name) throws InterruptedException {
        var there = reader.list("storage.k8s.io/v1", "StorageClass", Optional.empty(), Map.of()).stream()
                .flatMap(each -> Fields.text(each, "metadata", "name").stream())
                .toList();
        var remedy = there.isEmpty()
                ? "Install a storage driver with a StorageClass of this name"
                : "Name one of %s in the answers, or make %s".formatted(String.join(", ", there), name);
        return Problem.of(Reason.INVALID, "There is no StorageClass " + name, remedy);
    }

    private static Problem noDefault() {
        return Problem.of(
                Reason.INVALID,
                "The claim names no StorageClass, and the cluster has no default one",
                "Name a storage class in the answers, or annotate one with"
                        + " storageclass.kubernetes.io/is-default-class=true");
    }

    private static Problem problem(ObjectRef ref) {
        return Causes.waiting(ref + " is not bound to a volume", "See the storage driver's provisioner");
    }
}
