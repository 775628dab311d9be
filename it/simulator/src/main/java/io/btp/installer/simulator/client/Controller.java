package io.btp.installer.simulator.client;

import java.io.IOException;

/**
 * Brings one object at a time to where it should be. It is called for whatever may concern the object, any number of
 * times and again after a restart: it looks at what is, and does what is missing.
 */
public interface Controller<K> {
    /** Names the controller in logs and events. */
    String name();

    /** Follows what concerns the controller, and puts the keys of what is concerned into the loop. */
    void watch(Loop<K> loop) throws InterruptedException;

    /** Does what is missing; a failure is tried again later. */
    void reconcile(K key, Loop<K> loop) throws IOException, InterruptedException;
}
