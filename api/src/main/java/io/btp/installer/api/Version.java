package io.btp.installer.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version as charts, images and databases write it: numbers between dots, perhaps {@code v} before them and a
 * pre-release behind them. What does not look like that ({@code latest}) is a version too, of which nothing is known.
 *
 * @param text as it was written
 */
public record Version(String text) {
    private static final Pattern FORM = Pattern.compile("v?(\\d{1,9}(?:\\.\\d{1,9})*)(?:-([0-9A-Za-z.-]+))?(?:\\+.*)?");

    /** Reads a version. */
    public static Version of(String text) {
        return new Version(text);
    }

    /** Gives the numbers, the major one first; none where it is no version of that form. */
    public List<Integer> numbers() {
        var parts = FORM.matcher(text);
        return parts.matches()
                ? Arrays.stream(parts.group(1).split("\\."))
                        .map(Integer::valueOf)
                        .toList()
                : List.of();
    }

    /** Gives what stands behind the first hyphen: {@code rc.1} of {@code 1.0.0-rc.1}. */
    public Optional<String> preRelease() {
        var parts = FORM.matcher(text);
        return parts.matches() ? Optional.ofNullable(parts.group(2)) : Optional.empty();
    }

    /** Gives the first number, if there is one. */
    public Optional<Integer> major() {
        return numbers().stream().findFirst();
    }

    /**
     * Tells whether this version came before another. The numbers that both have decide: {@code 17} is neither older nor
     * newer than {@code 17.5}. Among equal numbers a pre-release is older than none.
     */
    public boolean isOlderThan(Version other) {
        var ours = numbers();
        var theirs = other.numbers();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            int order = ours.get(i).compareTo(theirs.get(i));
            if (order != 0) {
                return order < 0;
            }
        }
        return ours.size() == theirs.size() && !ours.isEmpty() && isEarlier(preRelease(), other.preRelease());
    }

    private static boolean isEarlier(Optional<String> ours, Optional<String> theirs) {
        if (ours.isEmpty() || theirs.isEmpty()) {
            return ours.isPresent() && theirs.isEmpty();
        }
        var left = ours.get().split("\\.");
        var right = theirs.get().split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            if (!left[i].equals(right[i])) {
                return isSmaller(left[i], right[i]);
            }
        }
        return left.length < right.length;
    }

    /** Numbers come before words, as semantic versioning has it. */
    private static boolean isSmaller(String one, String other) {
        boolean number = one.matches("\\d{1,9}");
        boolean otherNumber = other.matches("\\d{1,9}");
        if (number && otherNumber) {
            return Integer.parseInt(one) < Integer.parseInt(other);
        }
        return number == otherNumber ? one.compareTo(other) < 0 : number;
    }

    /** Tells whether both mean the same, with or without {@code v}. */
    public boolean isSameAs(Version other) {
        return bare().equals(other.bare());
    }

    private String bare() {
        return numbers().isEmpty() || !text.startsWith("v") ? text : text.substring(1);
    }

    @Override
    public String toString() {
        return text;
    }
}
