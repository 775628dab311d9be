package io.btp.installer.answers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong; counts only, once there are many. */
final class Problems {
    static final int LIMIT = 100;

    private final List<AnswerProblem> list = new ArrayList<>();
    private int more;

    void add(AnswerProblem problem) {
        if (isFull()) {
            more++;
            return;
        }
        list.add(problem);
    }

    void addAll(Collection<AnswerProblem> problems) {
        problems.forEach(this::add);
    }

    /** Counts problems that were found elsewhere and are not given. */
    void addMore(int uncounted) {
        more += uncounted;
    }

    int more() {
        return more;
    }

    boolean isFull() {
        return list.size() >= LIMIT;
    }

    /** Gives them in the order of the file, those of other sources last. */
    List<AnswerProblem> all() {
        return list.stream()
                .sorted(Comparator.comparingLong(Problems::position))
                .toList();
    }

    private static long position(AnswerProblem problem) {
        return problem.where() instanceof Provenance.InFile place
                ? ((long) place.line() << 32) + place.column()
                : Long.MAX_VALUE;
    }

    void throwIfAny() {
        if (!list.isEmpty()) {
            throw new InvalidAnswers(all(), more);
        }
    }

    InvalidAnswers with(AnswerProblem last) {
        var full = new ArrayList<>(list);
        full.add(last);
        return new InvalidAnswers(full, more);
    }
}
