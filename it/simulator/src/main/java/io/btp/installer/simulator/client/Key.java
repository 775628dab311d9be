package io.btp.installer.simulator.client;

/** Names an object among those of its kind; the namespace of a cluster-wide one is empty. */
public record Key(String namespace, String name) {
    public static Key of(String name) {
        return new Key("", name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
