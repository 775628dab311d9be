package io.btp.installer.testkit;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a provider changes beside Kubernetes: the stand-in for its cloud, appliance or service. Implemented by the
 * author, with a fake in memory or with an emulator.
 */
public interface Outside {
    /** Empties it: as it is for somebody who has just got an account. */
    void reset();

    /**
     * Gives everything that is in it.
     *
     * @return by name; the text tells whether a thing has changed, and leaves out what differs from one run to the next by
     *     itself, as times and generated ids
     */
    SortedMap<String, String> inventory();

    /** Counts the calls it has answered since it was made; zero for one that does not count. */
    default long calls() {
        return 0;
    }

    /**
     * Removes a thing behind the provider's back.
     *
     * @param name as in the inventory
     * @return false where that cannot be played
     */
    default boolean lose(String name) {
        return false;
    }

    /**
     * Changes a thing, in a field that the provider sets, behind the provider's back.
     *
     * @param name as in the inventory
     * @return false where that cannot be played
     */
    default boolean change(String name) {
        return false;
    }

    /** For providers that change nothing beside Kubernetes. */
    static Outside nothing() {
        return new Outside() {
            @Override
            public void reset() {
                // Nothing is ever in it.
            }

            @Override
            public SortedMap<String, String> inventory() {
                return new TreeMap<>();
            }
        };
    }
}
