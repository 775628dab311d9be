package io.btp.installer.wizard.screen;

import io.btp.installer.wizard.LineWizard.Wish;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be done with complete answers, in the order of the review. */
enum Action {
    PLAN(Wish.PLAN, "Show the plan: every step, nothing is changed"),
    CHECK(Wish.CHECK, "Check: prove the answers against the cluster and what they name"),
    INSTALL(Wish.INSTALL, "Install: shows the plan and asks before it changes anything"),
    SAVE(Wish.SAVE, "Save the answers file and leave"),
    SAVE_AS(Wish.SAVE, "Save the answers in another file and leave");

    private final Wish wish;
    private final String words;

    Action(Wish wish, String words) {
        this.wish = wish;
        this.words = words;
    }

    Wish wish() {
        return wish;
    }

    String words() {
        return words;
    }

    /** Names its stop on the page. */
    String stop() {
        return "do " + name().toLowerCase(Locale.ROOT);
    }

    static Optional<Action> at(String stop) {
        return Arrays.stream(values())
                .filter(action -> action.stop().equals(stop))
                .findFirst();
    }
}
