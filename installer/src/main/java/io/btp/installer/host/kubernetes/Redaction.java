package io.btp.installer.host.kubernetes;

import io.btp.installer.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
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
     * Takes out these texts, plain and as Base64.
     *
     * @param everyValue true where every value that the server quotes is confidential
     */
    static Redaction of(List<String> confidential, boolean everyValue) {
        var texts = new ArrayList<String>();
        for (var text : confidential) {
            if (text.length() >= SHORTEST) {
                texts.add(text);
                texts.add(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        texts.sort(Comparator.comparingInt(String::length).reversed());
        return new Redaction(texts, everyValue);
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
