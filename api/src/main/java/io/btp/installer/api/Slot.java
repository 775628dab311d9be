package io.btp.installer.api;

/**
 * Names one thing to be filled: ties a path in the answers to the record that is published. Slots are equal by path.
 *
 * @param <O> what is published
 */
public final class Slot<O extends Record> {
    private final String path;
    private final Class<O> type;
    private final String title;
    private final boolean dispensable;

    private Slot(String path, Class<O> type, String title, boolean dispensable) {
        this.path = path;
        this.type = type;
        this.title = title;
        this.dispensable = dispensable;
    }

    /**
     * Names a slot that must be filled. Plugins may declare slots of their own for what only their components exchange.
     *
     * @param path {@code group.slot} or, for a group of one slot, {@code group}
     * @param type the record
     * @param title what people call it
     */
    public static <O extends Record> Slot<O> of(String path, Class<O> type, String title) {
        return new Slot<>(path, type, title, false);
    }

    /** Says that the platform can live without it: its mode may be {@code disabled}. */
    public Slot<O> dispensable() {
        return new Slot<>(path, type, title, true);
    }

    /** Gives the path in the answers, for example {@code dataPlane.postgres}. */
    public String path() {
        return path;
    }

    /** Gives the group: the path up to the first dot. */
    public String group() {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    /** Gives the last part of the path, for example {@code postgres}. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Tells whether an option that takes slots means this one: by its path, its name or its group. */
    public boolean isMeantBy(String word) {
        return word.equals(path) || word.equals(name()) || word.equals(group());
    }

    /** Gives the class of the record. */
    public Class<O> type() {
        return type;
    }

    /** Says what people call it. */
    public String title() {
        return title;
    }

    /** Tells whether it may be disabled. */
    public boolean isDispensable() {
        return dispensable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slot<?> slot && slot.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
