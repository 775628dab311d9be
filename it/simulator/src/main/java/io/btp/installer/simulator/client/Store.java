package io.btp.installer.simulator.client;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The copy of all objects of one kind. Objects in it are never changed: a writer copies first. What the program itself
 * has written is in it at once, so that nobody does a thing twice because a watch is late.
 */
public final class Store {
    private static final int REMEMBERED = 10_000;

    private final Map<Key, ObjectNode> objects = new ConcurrentHashMap<>();
    private final Map<String, Boolean> gone = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final List<Consumer<ObjectNode>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch filled = new CountDownLatch(1);

    Store() {}

    public Optional<ObjectNode> find(Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    public Stream<ObjectNode> all() {
        return objects.values().stream();
    }

    public Stream<ObjectNode> in(String namespace) {
        return all().filter(object -> Meta.namespace(object).equals(namespace));
    }

    /** Gives the objects that {@code owner} controls. */
    public Stream<ObjectNode> controlledBy(ObjectNode owner) {
        return all().filter(object -> Meta.isControlledBy(object, owner));
    }

    /** Calls for every object that is there, comes, changes or goes; for one that goes with its last state. */
    public void onChange(Consumer<ObjectNode> listener) {
        listeners.add(listener);
        objects.values().forEach(listener);
    }

    void await() throws InterruptedException {
        filled.await();
    }

    boolean isFilled() {
        return filled.getCount() == 0;
    }

    /** Takes the result of a list: what is not in it has gone. */
    synchronized void fill(List<ObjectNode> listed) {
        var keys = new HashSet<Key>();
        listed.forEach(object -> keys.add(Meta.key(object)));
        List.copyOf(objects.values()).stream()
                .filter(object -> !keys.contains(Meta.key(object)))
                .forEach(this::remove);
        listed.forEach(this::put);
        filled.countDown();
    }

    synchronized void put(ObjectNode object) {
        if (gone.containsKey(Meta.uid(object))) {
            return;
        }
        var stored = objects.merge(Meta.key(object), object, (old, fresh) -> isNewer(fresh, old) ? fresh : old);
        if (stored == object) {
            tell(object);
        }
    }

    /** Takes it that the object has gone: late words about it count no more. */
    synchronized void remove(ObjectNode object) {
        gone.put(Meta.uid(object), true);
        objects.computeIfPresent(Meta.key(object), (_, old) -> Meta.uid(old).equals(Meta.uid(object)) ? null : old);
        tell(object);
    }

    private void tell(ObjectNode object) {
        listeners.forEach(listener -> listener.accept(object));
    }

    /** Resource versions are numbers that grow, with all servers that there are. */
    private static boolean isNewer(ObjectNode fresh, ObjectNode old) {
        return version(fresh) > version(old);
    }

    private static long version(ObjectNode object) {
        return Json.at(object, "metadata", "resourceVersion").asLong(0);
    }
}
