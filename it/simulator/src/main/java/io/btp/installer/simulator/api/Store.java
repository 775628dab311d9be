package io.btp.installer.simulator.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds all objects in memory, each write on disk before it is answered. What it gives must not be changed: copy it.
 *
 * <p>Objects are kept by {@code plural.group} and then by {@code namespace/name}.
 */
final class Store implements AutoCloseable {
    private static final int REMEMBERED_EVENTS = 20_000;
    private static final int LINES_BEFORE_REWRITE = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, TreeMap<String, ObjectNode>> objects = new HashMap<>();
    private final ArrayDeque<Event> history = new ArrayDeque<>();
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final Journal journal;
    private long revision;
    private long forgotten;
    private long rewrittenAt;

    /** A change; {@code before} is empty for a new object, {@code after} for one that was removed. */
    record Event(long revision, String qualified, Optional<ObjectNode> before, Optional<ObjectNode> after) {}

    /** Objects at one moment. */
    record Page(List<ObjectNode> items, long revision) {}

    private Store(Journal journal) {
        this.journal = journal;
    }

    static Store open(Path folder) throws IOException {
        var opened = Journal.open(folder);
        var store = new Store(opened.journal());
        opened.lines().forEach(store::replay);
        store.forgotten = store.revision;
        return store;
    }

    private void replay(ObjectNode line) {
        revision = Math.max(revision, line.path("revision").asLong(0));
        var place = Nodes.string(line, "at");
        if (place.isEmpty()) {
            return;
        }
        var kept = objects.computeIfAbsent(place, none -> new TreeMap<>());
        Nodes.objectAt(line, "object")
                .ifPresentOrElse(
                        object -> kept.put(Nodes.string(line, "key"), object),
                        () -> kept.remove(Nodes.string(line, "key")));
    }

    /** Does something while nobody else writes; returns when what it wrote is safe. */
    <T> T write(Supplier<T> action) {
        T result;
        lock.lock();
        try {
            journal.requireSound();
            result = action.get();
            rewriteWhenLong();
        } finally {
            lock.unlock();
        }
        journal.sync();
        return result;
    }

    Optional<ObjectNode> find(Kind kind, String namespace, String name) {
        lock.lock();
        try {
            journal.requireSound();
            return Optional.ofNullable(of(kind.qualified()).get(namespace + "/" + name));
        } finally {
            lock.unlock();
        }
    }

    /** Gives all objects of a kind, or those of one namespace. */
    Page list(String qualified, String namespace) {
        lock.lock();
        try {
            journal.requireSound();
            var all = of(qualified);
            var some = namespace.isEmpty() ? all : all.subMap(namespace + "/", namespace + "0");
            return new Page(new ArrayList<>(some.values()), revision);
        } finally {
            lock.unlock();
        }
    }

    /** Keeps an object, with the next resource version. Only inside {@link #write}. */
    ObjectNode put(Kind kind, ObjectNode object) {
        var kept = object.deepCopy();
        revision++;
        Nodes.child(kept, "metadata").put("resourceVersion", Long.toString(revision));
        journal.append(line(revision, kind.qualified(), key(kept)).set("object", kept));
        var before = Optional.ofNullable(of(kind.qualified()).put(key(kept), kept));
        tell(new Event(revision, kind.qualified(), before, Optional.of(kept)));
        return kept;
    }

    /** Removes an object; gives it as it was, with the resource version of its removal. Only inside {@link #write}. */
    ObjectNode remove(Kind kind, ObjectNode object) {
        revision++;
        journal.append(line(revision, kind.qualified(), key(object)));
        of(kind.qualified()).remove(key(object));
        var last = object.deepCopy();
        Nodes.child(last, "metadata").put("resourceVersion", Long.toString(revision));
        tell(new Event(revision, kind.qualified(), Optional.of(last), Optional.empty()));
        return last;
    }

    /** Takes a number that no other caller gets. Only inside {@link #write}. */
    long revision() {
        return revision;
    }

    /**
     * Starts to watch a kind.
     *
     * @param since the resource version after which to begin; empty to begin with all that is there
     * @throws Refusal if that version is no longer remembered
     */
    Watch watch(String qualified, String namespace, Selector selector, Optional<Long> since) {
        lock.lock();
        try {
            journal.requireSound();
            if (since.isPresent() && since.get() < forgotten) {
                throw Refusal.expired("too old resource version: %d (%d)".formatted(since.get(), forgotten));
            }
            var watch = new Watch(qualified, namespace, selector, this::end);
            since.ifPresentOrElse(
                    version -> history.stream()
                            .filter(event -> event.revision() > version)
                            .forEach(watch::offer),
                    () -> list(qualified, namespace)
                            .items()
                            .forEach(object ->
                                    watch.offer(new Event(0, qualified, Optional.empty(), Optional.of(object)))));
            watch.begin(revision);
            watches.add(watch);
            return watch;
        } finally {
            lock.unlock();
        }
    }

    private void end(Watch watch) {
        watches.remove(watch);
    }

    private TreeMap<String, ObjectNode> of(String qualified) {
        return objects.computeIfAbsent(qualified, none -> new TreeMap<>());
    }

    private void tell(Event event) {
        history.add(event);
        if (history.size() > REMEMBERED_EVENTS) {
            forgotten = history.remove().revision();
        }
        watches.forEach(watch -> watch.offer(event));
    }

    private void rewriteWhenLong() {
        if (journal.written() - rewrittenAt < LINES_BEFORE_REWRITE) {
            return;
        }
        var lines = new ArrayList<ObjectNode>();
        lines.add(Nodes.object().put("revision", revision));
        objects.forEach((place, kept) -> kept.forEach((key, object) -> {
            var line = line(Nodes.at(object, "metadata", "resourceVersion").asLong(0), place, key);
            line.set("object", object);
            lines.add(line);
        }));
        journal.rewrite(lines.stream());
        rewrittenAt = journal.written();
    }

    private static ObjectNode line(long revision, String qualified, String key) {
        return Nodes.object().put("revision", revision).put("at", qualified).put("key", key);
    }

    private static String key(ObjectNode object) {
        return Nodes.string(object, "metadata", "namespace") + "/" + Nodes.string(object, "metadata", "name");
    }

    @Override
    public void close() throws IOException {
        watches.forEach(Watch::close);
        journal.close();
    }
}
