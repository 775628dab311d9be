package io.btp.installer.api;

import java.time.Duration;
import java.util.Optional;

/** Where a running step reports, and the one poller. Host type: plugins only call it. */
public interface Progress {
    /** Looks once for something that is waited for. */
    @FunctionalInterface
    interface Poll {
        /**
         * Looks. Empty when it is there; otherwise why not yet, as specific as can be known.
         *
         * @throws ProviderException when it can never be there: the wait ends at once
         */
        Optional<Problem> missing() throws InterruptedException;
    }

    /** Says something that a person who watches wants to know. */
    void say(String message);

    /** Says how far it is, for example 3 of 5. */
    void at(int done, int total);

    /**
     * Polls until nothing is missing. The deadline comes from what is usual and from the options, and extends while the
     * reason changes; when it passes, the last reason is the cause of the failure.
     *
     * @throws ProviderException with the cause chain when it does not come about
     */
    void until(Duration usually, Poll poll) throws InterruptedException;
}
