package io.btp.installer.wizard;

import io.btp.installer.api.Provider;
import io.btp.installer.api.Question;
import java.util.List;
import java.util.Optional;

/**
 * What is asked together.
 *
 * @param id path of the place that it asks about, or {@link #PARTS}
 * @param title for its head
 * @param words sentences before the first question: what was chosen means, and its notice
 * @param items in order
 */
public record Page(String id, String title, List<String> words, List<Item> items) {
    /** Id of the page that asks who runs what. */
    public static final String PARTS = "parts";

    /** Copies the lists. */
    public Page {
        words = List.copyOf(words);
        items = List.copyOf(items);
    }

    /** One thing on a page. */
    public sealed interface Item {
        /** Gives the dotted path of the answer; that of the slot for a part. */
        String path();
    }

    /**
     * A question of a form.
     *
     * @param path dotted path of the answer
     * @param question as the form asks it
     * @param answer what is answered by now, as YAML on one line
     */
    public record Field(String path, Question<?> question, Optional<String> answer) implements Item {
        /** Tells whether an answer is missing. */
        public boolean isOpen() {
            return question.isRequired() && answer.isEmpty();
        }
    }

    /**
     * A slot, and who fills it.
     *
     * @param path of the slot
     * @param title what people call it
     * @param options who may, the usual one first
     * @param chosen who does by now; empty where it is disabled or not yet chosen
     * @param dispensable whether nobody may
     */
    public record Part(
            String path,
            String title,
            List<Provider<?, ?>> options,
            Optional<Provider<?, ?>> chosen,
            boolean dispensable)
            implements Item {
        /** Copies the list. */
        public Part {
            options = List.copyOf(options);
        }
    }

    /** Gives who may run what. */
    public List<Part> parts() {
        return items.stream()
                .filter(Part.class::isInstance)
                .map(Part.class::cast)
                .toList();
    }

    /** Gives the questions. */
    public List<Field> fields() {
        return items.stream()
                .filter(Field.class::isInstance)
                .map(Field.class::cast)
                .toList();
    }
}
