package io.btp.installer.simulator.nodes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;

/** Tries a call until the API allows or refuses it, for a minute. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Eventually() {}

    static void succeeds(Runnable call) {
        until(call, true);
    }

    static void fails(Runnable call) {
        until(call, false);
    }

    private static void until(Runnable call, boolean isWanted) {
        var end = Instant.now().plus(LIMIT);
        while (isAllowed(call) != isWanted) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("still " + (isWanted ? "refused" : "allowed") + " after " + LIMIT);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private static boolean isAllowed(Runnable call) {
        try {
            call.run();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
