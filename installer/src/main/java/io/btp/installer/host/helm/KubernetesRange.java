package io.btp.installer.host.helm;

import io.btp.installer.api.Version;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The range of Kubernetes versions that a chart supports, as its {@code kubeVersion} says it and Helm reads it: terms that
 * all have to hold, alternatives after {@code ||}.
 *
 * @param text as the chart has it
 */
record KubernetesRange(String text) {
    private static final String NUMBER = "(\\d{1,9}|[xX*])";
    private static final String NUMBERS = "v?" + NUMBER + "(?:\\." + NUMBER + ")?(?:\\." + NUMBER + ")?"
            + "(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?";
    private static final Pattern SPAN = Pattern.compile("(" + NUMBERS + ")\\s+-\\s+(" + NUMBERS + ")");
    private static final Pattern TERM = Pattern.compile("(=>|>=|=<|<=|!=|~>|=|>|<|~|\\^)?\\s*" + NUMBERS);
    private static final Pattern TERMS =
            Pattern.compile("\\s*" + TERM.pattern() + "(?:[\\s,]*" + TERM.pattern() + ")*\\s*");

    /** Tells whether a version is in it. Of what is no range nothing is known: it holds, and Helm has the last word. */
    boolean holds(Version version) {
        var alternatives = Arrays.stream(text.split("\\|\\|"))
                .map(part -> SPAN.matcher(part).replaceAll(span -> ">=" + span.group(1) + " <=" + span.group(6)))
                .toList();
        return version.numbers().size() != 3
                || alternatives.stream().anyMatch(part -> !TERMS.matcher(part).matches() || allHold(part, version));
    }

    private static boolean allHold(String terms, Version version) {
        return TERM.matcher(terms).results().allMatch(term -> holds(term, version));
    }

    private static boolean holds(MatchResult term, Version version) {
        var wanted = List.of(number(term, 2), number(term, 3), number(term, 4));
        int given = (int) wanted.stream().takeWhile(number -> number >= 0).count();
        if (version.preRelease().isPresent() && term.group(5) == null) {
            return false;
        }
        var edge = Version.of(numbers(wanted) + (term.group(5) == null ? "" : "-" + term.group(5)));
        boolean older = version.isOlderThan(edge);
        boolean within = version.numbers().subList(0, given).equals(wanted.subList(0, given));
        return switch (term.group(1) == null ? "=" : term.group(1)) {
            case "!=" -> given == 3 ? older || edge.isOlderThan(version) : !within;
            case ">" -> given == 3 ? edge.isOlderThan(version) : !older && !within;
            case "<" -> older;
            case ">=", "=>" -> !older;
            case "<=", "=<" -> given == 3 ? !edge.isOlderThan(version) : older || within;
            case "~", "~>" -> !older && agrees(version, wanted, Math.min(given, 2));
            case "^" -> !older && agrees(version, wanted, fixed(wanted, given));
            default -> given == 3 ? !older && !edge.isOlderThan(version) : within;
        };
    }

    /** A caret holds up to the first number that is not zero. */
    private static int fixed(List<Integer> wanted, int given) {
        int zeros = (int) wanted.stream().takeWhile(number -> number == 0).count();
        return Math.min(given, zeros + 1);
    }

    private static boolean agrees(Version version, List<Integer> wanted, int count) {
        return version.numbers().subList(0, count).equals(wanted.subList(0, count));
    }

    private static String numbers(List<Integer> wanted) {
        return Math.max(0, wanted.get(0)) + "." + Math.max(0, wanted.get(1)) + "." + Math.max(0, wanted.get(2));
    }

    /** Gives a number of a term; -1 where it stands for any. */
    private static int number(MatchResult term, int group) {
        return term.group(group) == null || !term.group(group).matches("\\d+")
                ? -1
                : Integer.parseInt(term.group(group));
    }
}
