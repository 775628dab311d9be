package io.btp.installer.host.helm;

import io.btp.installer.host.kubernetes.Spellings;
import java.util.Collection;
import java.util.List;

/** Keeps confidential texts out of what is shown. Lives as long as one call, never longer. */
final class Confidential {
    private static final String HIDDEN = "(hidden)";

    private final List<String> texts;

    private Confidential(List<String> texts) {
        this.texts = texts;
    }

    /** Hides these texts, however they are written. */
    static Confidential of(Collection<String> secrets) {
        return new Confidential(
                Spellings.of(secrets.stream().filter(text -> !text.isBlank()).toList()));
    }

    /** Hides nothing. */
    static Confidential none() {
        return new Confidential(List.of());
    }

    String hidden(String text) {
        var shown = text;
        for (var secret : texts) {
            shown = shown.replace(secret, HIDDEN);
        }
        return shown;
    }

    /** Hides a value as a whole where it holds a confidential text. */
    String shown(String value) {
        return texts.stream().anyMatch(value::contains) ? HIDDEN : value;
    }
}
