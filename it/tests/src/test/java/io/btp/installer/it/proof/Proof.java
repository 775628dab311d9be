package io.btp.installer.it.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How thoroughly to prove, and what was measured. Everywhere a seeded sample is proved; {@code -Dproof=long} proves all.
 */
public final class Proof {
    private static final long SEED = Long.getLong("proof.seed", 25);

    private Proof() {}

    /** Tells whether all is proved, however long it takes. */
    public static boolean isLong() {
        return "long".equals(System.getProperty("proof"));
    }

    /** Gives a source of chance that is the same in every run; {@code -Dproof.seed} gives another. */
    static Random random() {
        return new Random(SEED);
    }

    /** Gives all in the long profile, otherwise a seeded sample, in the order in which they were. */
    static <T> List<T> sample(List<T> all, int size) {
        if (isLong() || all.size() <= size) {
            return all;
        }
        var indices = new ArrayList<Integer>();
        for (int index = 0; index < all.size(); index++) {
            indices.add(index);
        }
        Collections.shuffle(indices, random());
        return indices.subList(0, size).stream().sorted().map(all::get).toList();
    }

    /** Notes a figure: printed, and written to {@code target/proof.txt}. */
    static void figure(String name, String format, Object... values) {
        var line = "%-45s %s%n".formatted(name, format.formatted(values));
        System.out.print("figure: " + line);
        try {
            Files.writeString(Path.of("target/proof.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
