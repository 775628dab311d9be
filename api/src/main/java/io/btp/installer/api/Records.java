package io.btp.installer.api;

import java.util.Optional;
import java.util.function.Function;

/** An immutable snapshot of what is published so far. Host type: plugins only call it. */
public interface Records {
    /** Gives a record for a need, if it is published. */
    <O extends Record> Optional<O> find(Need<O> need);

    /** Tells whether some component fills the slot in this installation, published or not. */
    boolean isFilled(Slot<?> slot);

    /** Gives the record that the platform uses, if it is published. */
    default <O extends Record> Optional<O> find(Slot<O> slot) {
        return find(Need.input(slot));
    }

    /**
     * Gives the record that the platform uses.
     *
     * @throws IllegalStateException if it is not published: a step that reads it must name it in {@code after}
     */
    default <O extends Record> O get(Slot<O> slot) {
        return get(Need.input(slot));
    }

    /**
     * Gives the record for a need.
     *
     * @throws IllegalStateException if it is not published: a step that reads it must name it in {@code after}
     */
    default <O extends Record> O get(Need<O> need) {
        return find(need)
                .orElseThrow(() -> new IllegalStateException(
                        "The record of " + need + " is not published yet; a step that reads it must name it in after"));
    }

    /** Shows a field of a record, or "known after" and the slot while it is not published. */
    default <O extends Record> String show(Slot<O> slot, Function<? super O, ?> field) {
        return find(slot).map(field).map(String::valueOf).orElse("known after " + slot.path());
    }
}
