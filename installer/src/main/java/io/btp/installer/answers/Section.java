package io.btp.installer.answers;

import io.btp.installer.answers.Node.Mapping;
import io.btp.installer.api.Slot;
import java.util.Optional;

/**
 * What the answers say of one slot.
 *
 * @param slot the slot
 * @param own its own mapping; empty where nothing is said
 * @param group the mapping of the group that holds several slots
 * @param said whether anything stands there
 */
record Section(Slot<?> slot, Mapping own, Optional<Mapping> group, boolean said) {
    static final String MODE = "mode";
    static final String PROVIDER = "provider";

    /** A word that chooses. */
    record Word(String text, String path, Provenance where) {}

    /** Gives the mode that is asked for: the slot's own, otherwise the group's. */
    Optional<Word> mode() {
        return word(own, MODE, slot.path()).or(() -> group.flatMap(it -> word(it, MODE, slot.group())));
    }

    /** Gives the provider that is asked for; the group's belongs to the group's mode. */
    Optional<Word> provider() {
        return word(own, PROVIDER, slot.path())
                .or(() -> word(own, MODE, slot.path()).isPresent()
                        ? Optional.empty()
                        : group.flatMap(it -> word(it, PROVIDER, slot.group())));
    }

    /** Words that are no text are reported by {@link Sections}. */
    private static Optional<Word> word(Mapping mapping, String key, String path) {
        return mapping.find(key)
                .filter(entry -> entry.value() instanceof Node.Scalar)
                .map(entry -> new Word(
                        ((Node.Scalar) entry.value()).text(),
                        path + "." + key,
                        entry.value().where()));
    }

    /** Gives the key that says something beyond mode and provider, if there is one. */
    Optional<Node.Entry> detail() {
        return own.entries().keySet().stream()
                .filter(key -> !key.equals(MODE) && !key.equals(PROVIDER))
                .flatMap(key -> own.find(key).stream())
                .findFirst();
    }
}
