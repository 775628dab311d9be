package io.btp.installer.simulator.client;

/** Names an object of any kind. */
public record Ref(Kind kind, Key key) {
    @Override
    public String toString() {
        return kind.kind() + " " + key;
    }
}
