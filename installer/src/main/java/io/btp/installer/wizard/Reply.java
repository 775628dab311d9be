package io.btp.installer.wizard;

import java.util.Optional;

/** What a person answered to one prompt. */
sealed interface Reply {
    /** Answered, or took what was there; on to the next. */
    record Said(Draft draft) implements Reply {}

    /** Answered a part of it; the same question again. */
    record Again(Draft draft) implements Reply {}

    /** Wants to see the question before. */
    record Back() implements Reply {}

    /** Wants to see everything. */
    record Review() implements Reply {}

    /** Wants to see the pages. */
    record Listed() implements Reply {}

    /**
     * Wants to be asked everything of a page.
     *
     * @param page its number, its id, or a path on it
     */
    record Edit(String page) implements Reply {}

    /** Wants something done with the answers. */
    record Wished(LineWizard.Wish wish) implements Reply {}

    /** Wants the answers in another file, of this name. */
    record SavedAs(String name) implements Reply {}

    /** Reads the commands that are understood at every prompt. */
    static Optional<Reply> command(String word) {
        return switch (word) {
            case "back" -> Optional.of(new Back());
            case "review" -> Optional.of(new Review());
            case "list" -> Optional.of(new Listed());
            case "quit" -> Optional.of(new Wished(LineWizard.Wish.QUIT));
            default ->
                word.startsWith("edit ")
                        ? Optional.of(new Edit(word.substring(5).strip()))
                        : Optional.empty();
        };
    }
}
