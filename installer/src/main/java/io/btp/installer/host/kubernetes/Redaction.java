package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** Takes confidential texts out of a problem: the server quotes values that it does not accept. */
final class Redaction {
    private static final Pattern QUOTED =
            Pattern.compile("(Invalid value|Unsupported value|Duplicate value): \"(?s:.*?)\"(?=:|$)");
    private static final int SHORTEST = 4;

    private final List<String> texts;
    private final boolean everyValue;

    private Redaction(List<String> texts, boolean everyValue) {
        this.texts = texts;
        this.everyValue = everyValue;
    }

    /**
     * Takes out these texts, however they are written.
     *
     * @param everyValue true where every value that the server quotes is confidential
     */
    static Redaction of(List<String> confidential, boolean everyValue) {
        var texts =
                confidential.stream().filter(text -> text.length() >= SHORTEST).toList();
        return new Redaction(Spellings.of(texts), everyValue);
    }

    Problem of(Problem problem) {
        return new Problem(
                problem.reason(),
                text(problem.summary()),
                problem.evidence().stream().map(this::text).toList(),
                text(problem.remedy()),
                problem.causes().stream().map(this::of).toList());
    }

    private String text(String text) {
        var clean = everyValue ? QUOTED.matcher(text).replaceAll("$1: (hidden)") : text;
        for (var confidential : texts) {
            clean = clean.replace(confidential, "(hidden)");
        }
        return clean;
    }
}
