package io.btp.installer.host.kubernetes;

import io.btp.installer.api.ObjectRef;
import java.util.List;
import java.util.Map;

/**
 * Objects that were found in a cluster.
 *
 * @param objects what was found
 * @param unread kinds that could not be read, with the reason
 */
public record Inventory(List<Entry> objects, Map<String, String> unread) {
    /**
     * One object.
     *
     * @param ref which
     * @param uid its uid
     * @param labels its labels
     * @param owned true where another object owns it and the cluster removes it with that one
     */
    public record Entry(ObjectRef ref, String uid, Map<String, String> labels, boolean owned) {
        /** Copies the map. */
        public Entry {
            labels = Map.copyOf(labels);
        }
    }

    /** Copies the collections. */
    public Inventory {
        objects = List.copyOf(objects);
        unread = Map.copyOf(unread);
    }
}
