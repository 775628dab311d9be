package io.btp.installer.wizard.screen;

import io.btp.installer.event.RunEvent;
import io.btp.installer.screen.Input;
import io.btp.installer.wizard.Draft;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a person is in the wizard. Immutable.
 *
 * @param draft what was said
 * @param page id of the page
 * @param focus which of its items keys go to: a path, or a word of {@link Walking}
 * @param entry what is being typed there; empty where nothing was changed
 * @param left questions that were left once, whose errors are shown
 * @param whole whether optional questions are shown, too
 * @param dialog what is in front of the page
 * @param message what was just said; empty for nothing
 * @param proofs what is known of places, by their paths
 * @param found answers that can be offered
 */
public record State(
        Draft draft,
        String page,
        String focus,
        Optional<Entry> entry,
        Set<String> left,
        boolean whole,
        Optional<Dialog> dialog,
        String message,
        Map<String, Proof> proofs,
        Found found) {
    /** Copies the set and the map. */
    public State {
        left = Set.copyOf(left);
        proofs = Map.copyOf(proofs);
    }

    /**
     * What is known of a place.
     *
     * @param subject what is proved; where the answers say something else by now, the proof is stale
     * @param checks how each ended; empty while they run
     */
    record Proof(String subject, Optional<List<RunEvent.Checked>> checks) {}

    /**
     * Answers that were found in the world.
     *
     * @param subject where they are looked for; what was found elsewhere is not offered
     * @param answers by the paths of their questions, as a person would type them, the best one first
     */
    record Found(String subject, Map<String, List<String>> answers) {
        /** Copies the map. */
        Found {
            answers = Map.copyOf(answers);
        }

        static Found nothing(String subject) {
            return new Found(subject, Map.of());
        }

        Found with(String path, List<String> offers) {
            var more = new HashMap<>(answers);
            more.put(path, List.copyOf(offers));
            return new Found(subject, more);
        }

        List<String> of(String path) {
            return answers.getOrDefault(path, List.of());
        }
    }

    State finding(Found next) {
        return new State(draft, page, focus, entry, left, whole, dialog, message, proofs, next);
    }

    State proving(String place, Proof proof) {
        var more = new HashMap<>(proofs);
        more.put(place, proof);
        return new State(draft, page, focus, entry, left, whole, dialog, message, more, found);
    }

    State unproved(String place) {
        var less = new HashMap<>(proofs);
        less.remove(place);
        return new State(draft, page, focus, entry, left, whole, dialog, message, less, found);
    }

    /** Stands in front of a page until it is answered. */
    sealed interface Dialog {
        /** Explains the item that keys go to. */
        record Help() implements Dialog {}

        /** Asks whether to leave. */
        record Leaving() implements Dialog {}

        /**
         * Asks where a typed secret is to be kept.
         *
         * @param entry the secret
         * @param choice which line is chosen, from 0
         * @param after what is to happen then
         */
        record Home(Entry entry, int choice, Input after) implements Dialog {}

        /**
         * Asks for the name of another file to save the answers in.
         *
         * @param name what was typed so far
         */
        record Naming(String name) implements Dialog {}
    }

    State on(String nextPage, String nextFocus) {
        boolean isHere = nextPage.equals(page);
        return new State(
                draft,
                nextPage,
                nextFocus,
                Optional.empty(),
                left,
                whole && isHere,
                Optional.empty(),
                "",
                proofs,
                found);
    }

    State saying(Draft said) {
        return new State(said, page, focus, Optional.empty(), left, whole, dialog, message, proofs, found);
    }

    State typing(Entry next) {
        return new State(draft, page, focus, Optional.of(next), left, whole, dialog, "", proofs, found);
    }

    State leaving(Set<String> paths) {
        var more = new HashSet<>(left);
        more.addAll(paths);
        return new State(draft, page, focus, entry, more, whole, dialog, message, proofs, found);
    }

    State showing(Optional<Dialog> next) {
        return new State(draft, page, focus, entry, left, whole, next, "", proofs, found);
    }

    State told(String words) {
        return new State(draft, page, focus, entry, left, whole, dialog, words, proofs, found);
    }

    State turned() {
        return new State(draft, page, focus, entry, left, !whole, dialog, "", proofs, found);
    }
}
