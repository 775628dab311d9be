package io.btp.installer.event;

import java.util.List;

/** Hears the events of a run, one after the other; called by one thread at a time. */
@FunctionalInterface
public interface RunListener {
    /** Hears an event. Never throws: an output that fails must not end a run. */
    void on(RunEvent event);

    /** Hears that time passes, about once a second while a run goes on: to tell about what takes long. */
    default void tick() {}

    /** The run is over, however it ended: gives back whatever is held, such as a screen. May be called more than once. */
    default void close() {}

    /** Tells several listeners, in order, and keeps events of concurrent threads apart. */
    static RunListener all(List<RunListener> listeners) {
        var copy = List.copyOf(listeners);
        var order = new Object();
        return new RunListener() {
            @Override
            public void on(RunEvent event) {
                synchronized (order) {
                    copy.forEach(listener -> listener.on(event));
                }
            }

            @Override
            public void tick() {
                synchronized (order) {
                    copy.forEach(RunListener::tick);
                }
            }

            /** Comes also where a listener hangs. */
            @Override
            public void close() {
                copy.forEach(RunListener::close);
            }
        };
    }
}
