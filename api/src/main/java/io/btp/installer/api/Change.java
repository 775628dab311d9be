package io.btp.installer.api;

import java.util.Optional;

/**
 * One field that a step changes, as people are shown it. Confidential values are never given.
 *
 * @param field path of the field
 * @param from what it is, absent where it is not there yet
 * @param to what it will be, or "known after" and a slot; absent where the field goes
 */
public record Change(String field, Optional<String> from, Optional<String> to) {
    /** A field that is set. Take the value from {@link Records#show} where it comes from another component. */
    public static Change to(String field, Object value) {
        return new Change(field, Optional.empty(), Optional.of(String.valueOf(value)));
    }

    /** A field that changes. */
    public static Change of(String field, Object from, Object to) {
        return new Change(field, Optional.of(String.valueOf(from)), Optional.of(String.valueOf(to)));
    }

    /** A field that goes. */
    public static Change gone(String field, Object from) {
        return new Change(field, Optional.of(String.valueOf(from)), Optional.empty());
    }
}
