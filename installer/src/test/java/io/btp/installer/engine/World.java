package io.btp.installer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Things that exist, and what was done to them. Safe for concurrent use. */
final class World {
    private final Set<String> things = new TreeSet<>();
    private final List<String> writes = new ArrayList<>();

    synchronized boolean has(String thing) {
        return things.contains(thing);
    }

    synchronized void make(String thing) {
        things.add(thing);
        writes.add("make " + thing);
    }

    synchronized void remove(String thing) {
        things.remove(thing);
        writes.add("remove " + thing);
    }

    synchronized Set<String> things() {
        return Set.copyOf(things);
    }

    synchronized List<String> writes() {
        return List.copyOf(writes);
    }
}
