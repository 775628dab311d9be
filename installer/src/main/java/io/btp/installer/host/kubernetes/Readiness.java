package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import io.btp.installer.api.Problem;
import io.btp.installer.api.ProviderException;
import java.util.Map;
import java.util.Optional;

/**
 * Says why an object is not ready, down to what a person has to mend.
 *
 * <p>Ready means what the kind means by it. The chain of causes goes from the workload to its pods, to the container's
 * state and its last lines, to events, to claims and to the storage class.
 */
public final class Readiness {
    private final Workloads workloads;
    private final Reader reader;

    /** Looks in this cluster. */
    public Readiness(ClusterClient client) {
        this((Reader) client);
    }

    Readiness(Reader reader) {
        this.reader = reader;
        this.workloads = new Workloads(reader);
    }

    /**
     * Looks once. Empty when the object is ready.
     *
     * @throws ProviderException when it can never be ready, for example as a job failed for good
     */
    public Optional<Problem> missing(ObjectRef ref) throws InterruptedException {
        var object = reader.find(ref);
        return object.isEmpty() ? Optional.of(Causes.absent(ref)) : missing(ref, object.get());
    }

    /** Says that an object is not there. */
    public static Problem absent(ObjectRef ref) {
        return Causes.absent(ref);
    }

    /** Looks at an object that has just been read; otherwise as {@link #missing(ObjectRef)}. */
    public Optional<Problem> missing(ObjectRef ref, Map<String, Object> object) throws InterruptedException {
        return switch (ref.kind()) {
            case "Deployment" -> workloads.deployment(ref, object);
            case "StatefulSet" -> workloads.statefulSet(ref, object);
            case "DaemonSet" -> workloads.daemonSet(ref, object);
            case "ReplicaSet" -> workloads.replicaSet(ref, object);
            case "Job" -> workloads.job(ref, object);
            case "Pod" -> workloads.pod(ref, object);
            case "PersistentVolumeClaim" -> new Claims(reader).missing(ref, object);
            case "Service" -> Conditions.service(ref, object, reader);
            default -> Conditions.of(ref, object, reader);
        };
    }
}
