package io.btp.installer.wizard.screen;

import io.btp.installer.screen.Input;
import io.btp.installer.wizard.Draft;
import io.btp.installer.wizard.LineWizard;
import java.util.Optional;

/** What has to be done outside of the wizard. */
public sealed interface Effect {
    /**
     * Keeps a secret in a file beside the answers, and says so by {@link Input.Kept} or {@link Input.NotKept}.
     *
     * @param path of the question
     * @param secret wiped by whoever kept it
     */
    record Keep(String path, char[] secret) implements Effect {
        /** Shows no secret. */
        @Override
        public String toString() {
            return "Keep[" + path + "]";
        }
    }

    /**
     * Proves a place beside everything else, and says so by {@link Input.Proved}.
     *
     * @param draft what was said
     * @param subject what the proof depends on
     * @param trials whether what writes is tried, too
     */
    record Prove(Draft draft, String place, String subject, boolean trials) implements Effect {}

    /**
     * Looks for answers beside everything else, instead of an earlier search, and says so by {@link Input.Found}.
     *
     * @param draft what was said
     * @param subject what the search depends on
     */
    record Find(Draft draft, String subject) implements Effect {}

    /**
     * Ends this walk, or interrupts it.
     *
     * @param name of another file to save in; empty for the one of the answers
     */
    record Wished(LineWizard.Wish wish, Optional<String> name) implements Effect {
        static Wished of(LineWizard.Wish wish) {
            return new Wished(wish, Optional.empty());
        }
    }
}
