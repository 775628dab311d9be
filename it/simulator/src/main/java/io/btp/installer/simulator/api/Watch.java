package io.btp.installer.simulator.api;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Changes on their way to one client. */
final class Watch implements AutoCloseable {
    private static final int LONGEST = 100_000;

    private final String qualified;
    private final String namespace;
    private final Selector selector;
    private final Consumer<Watch> end;
    private final LinkedBlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private volatile long revision;

    /** What a client is told: {@code ADDED}, {@code MODIFIED} or {@code DELETED}, or that all there was has been told. */
    record Change(String type, ObjectNode object) {}

    Watch(String qualified, String namespace, Selector selector, Consumer<Watch> end) {
        this.qualified = qualified;
        this.namespace = namespace;
        this.selector = selector;
        this.end = end;
    }

    /** Marks where what was there before the watch ends. */
    void begin(long current) {
        revision = current;
        changes.add(new Change("BEGIN", bookmark(current)));
    }

    void offer(Store.Event event) {
        if (event.qualified().equals(qualified)) {
            add(event);
        }
        // After the change is in the queue: a bookmark must not promise what is not yet told.
        revision = Math.max(revision, event.revision());
    }

    private void add(Store.Event event) {
        var before = event.before().filter(this::matches);
        var after = event.after().filter(this::matches);
        if (after.isPresent()) {
            changes.add(new Change(before.isPresent() ? "MODIFIED" : "ADDED", after.get()));
        } else if (before.isPresent()) {
            changes.add(new Change("DELETED", event.after().orElse(before.get())));
        }
        if (changes.size() > LONGEST) {
            close();
        }
    }

    private boolean matches(ObjectNode object) {
        return (namespace.isEmpty()
                        || Nodes.string(object, "metadata", "namespace").equals(namespace))
                && selector.matches(object);
    }

    /** Waits for the next change; empty where none came in time or the watch is closed. */
    Optional<Change> next(Duration longest) throws InterruptedException {
        return Optional.ofNullable(changes.poll(longest.toMillis(), TimeUnit.MILLISECONDS))
                .filter(change -> !change.type().equals("END"));
    }

    boolean isClosed() {
        return closed;
    }

    /** Gives an object that says how far the watch is; version 0 while changes wait. */
    ObjectNode bookmark() {
        long reached = revision;
        return bookmark(changes.isEmpty() ? reached : 0);
    }

    private static ObjectNode bookmark(long at) {
        var object = Nodes.object();
        object.putObject("metadata").put("resourceVersion", Long.toString(at));
        return object;
    }

    @Override
    public void close() {
        closed = true;
        end.accept(this);
        changes.add(new Change("END", Nodes.object()));
    }
}
