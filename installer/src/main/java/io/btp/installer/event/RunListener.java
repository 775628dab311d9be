package io.btp.installer.event;

import java.util.List;

/** Hears the events of a run, one after the other; called by one thread at a time. */
@FunctionalInterface
public interface RunListener {
    /** Hears an event. Never throws: an output that fails must not end a run. */
    void on(RunEvent event);

    /** Tells several listeners, in order, and keeps events of concurrent threads apart. */
    static RunListener all(List<RunListener> listeners) {
        var copy = List.copyOf(listeners);
        var order = new Object();
        return event -> {
            synchronized (order) {
                copy.forEach(listener -> listener.on(event));
            }
        };
    }
}
