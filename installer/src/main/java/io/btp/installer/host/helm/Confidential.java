package io.btp.installer.host.helm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Keeps confidential texts out of what is shown. Lives as long as one call, never longer. */
final class Confidential {
    private static final String HIDDEN = "(hidden)";

    private final List<String> texts;

    private Confidential(List<String> texts) {
        this.texts = texts;
    }

    /** Hides these texts, plain and as Base64. */
    static Confidential of(Collection<String> secrets) {
        return new Confidential(secrets.stream()
                .filter(text -> !text.isBlank())
                .flatMap(text ->
                        Stream.of(text, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList());
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

    List<String> hidden(List<String> lines) {
        return lines.stream().map(this::hidden).toList();
    }

    /** Hides a value as a whole where it holds a confidential text. */
    String shown(String value) {
        return texts.stream().anyMatch(value::contains) ? HIDDEN : value;
    }
}
