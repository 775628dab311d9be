package io.btp.installer.answers;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody most likely meant. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    private record Candidate(String name, int distance) {}

    /** Gives the nearest name; empty where none is near. */
    public static Optional<String> to(String wanted, Collection<String> known) {
        if (wanted.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .map(name ->
                        new Candidate(name, distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))))
                .filter(it -> it.distance()
                        <= Math.max(2, Math.min(wanted.length(), it.name().length()) / 3))
                .filter(it ->
                        it.distance() < Math.max(wanted.length(), it.name().length()))
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** Counts insertions, deletions, replacements and swaps of neighbours. */
    private static int distance(String left, String right) {
        var rows = new int[left.length() + 1][right.length() + 1];
        for (int line = 0; line <= left.length(); line++) {
            for (int column = 0; column <= right.length(); column++) {
                rows[line][column] = line == 0 || column == 0 ? line + column : step(rows, left, right, line, column);
            }
        }
        return rows[left.length()][right.length()];
    }

    private static int step(int[][] rows, String left, String right, int line, int column) {
        char here = left.charAt(line - 1);
        char there = right.charAt(column - 1);
        int replaced = rows[line - 1][column - 1] + (here == there ? 0 : 1);
        int best = Math.min(replaced, Math.min(rows[line - 1][column], rows[line][column - 1]) + 1);
        boolean swapped = line > 1 && column > 1 && here == right.charAt(column - 2) && left.charAt(line - 2) == there;
        return swapped ? Math.min(best, rows[line - 2][column - 2] + 1) : best;
    }
}
