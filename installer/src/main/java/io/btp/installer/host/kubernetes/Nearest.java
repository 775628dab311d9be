package io.btp.installer.host.kubernetes;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody most likely meant. */
final class Nearest {
    private Nearest() {}

    /** Gives the nearest name; empty where none is near. */
    static Optional<String> to(String wanted, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(wanted, name) <= Math.max(2, wanted.length() / 2))
                .min(Comparator.comparingInt((String name) -> distance(wanted, name))
                        .thenComparing(name -> name));
    }

    private static int distance(String one, String other) {
        var left = one.toLowerCase(Locale.ROOT);
        var right = other.toLowerCase(Locale.ROOT);
        var row = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= left.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = diagonal + (left.charAt(line - 1) == right.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
