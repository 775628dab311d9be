package io.btp.installer.host;

import io.btp.installer.api.Permission;
import io.btp.installer.api.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The installation's home in the cluster: its platform namespace, which holds the installation record and the lease.
 * Every method throws {@code ProviderException} when the cluster does not answer or refuses.
 */
public interface Home {
    /**
     * A small document with its resource version.
     *
     * @param data its contents
     * @param version the resource version that the next write must name
     */
    record Document(Map<String, String> data, String version) {
        /** Copies the map. */
        public Document {
            data = Map.copyOf(data);
        }
    }

    /** Gives the rights that keeping record and lease needs. */
    Set<Permission> permissions();

    /** Tells whether the namespace is there. */
    boolean exists() throws InterruptedException;

    /** Makes the namespace, with the owner labels; keeps one that is there. */
    void make() throws InterruptedException;

    /** Reads the record. */
    Optional<Document> record() throws InterruptedException;

    /**
     * Writes the record.
     *
     * @param version what was read; empty to create it
     * @return the new version, or empty where somebody else has written meanwhile
     */
    Optional<String> writeRecord(Map<String, String> data, Optional<String> version) throws InterruptedException;

    /** Reads the lease's holder and times, kept as the data of a {@code Lease} object and its annotations. */
    Optional<Document> lease() throws InterruptedException;

    /** Writes the lease, as {@link #writeRecord}. */
    Optional<String> writeLease(Map<String, String> data, Optional<String> version) throws InterruptedException;

    /** Lists the ids of the providers whose owner labels for this installation are found in the cluster. */
    Set<String> owners() throws InterruptedException;

    /** Lists what carries the owner labels of this installation, as people read it. */
    List<String> owned() throws InterruptedException;

    /**
     * Starts to remove record and lease, and the namespace where this installation made it and nobody's objects are in
     * it.
     */
    void dissolve() throws InterruptedException;

    /**
     * Says what of the home is still there that {@link #dissolve} removes, or which namespace of the installation is still
     * going; empty where all is gone.
     */
    Optional<Problem> remaining() throws InterruptedException;
}
