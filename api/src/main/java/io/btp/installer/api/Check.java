package io.btp.installer.api;

/**
 * Proves one thing before it is relied on.
 *
 * @param id stable, dotted, for example {@code postgres.login}; stands in the docs
 * @param title what is proved, as a statement: {@code PostgreSQL lets btp in}
 * @param strict true where no run may go on while it fails
 * @param trial true where it must write to prove a right: uses {@code btp-check-…} names, removes them, and runs only
 *     on {@code btp check}, on "test" in the wizard, and before an install
 * @param probe the code
 */
public record Check(String id, String title, boolean strict, boolean trial, Probe probe) {
    /** The code of a check. */
    @FunctionalInterface
    public interface Probe {
        /** Looks. Blocks; interruption cancels promptly; the host sets the deadline. */
        Result run() throws InterruptedException;
    }

    /** What a check found. */
    public sealed interface Result {
        /**
         * It holds.
         *
         * @param detail what was seen, for example a version
         */
        record Passed(String detail) implements Result {}

        /**
         * It could not be proved, as the cluster is simulated and nothing real stands there.
         *
         * @param detail what was not proved
         */
        record Simulated(String detail) implements Result {}

        /**
         * It does not hold, and an install may still work.
         *
         * @param problem why, and what to do
         */
        record Warned(Problem problem) implements Result {}

        /**
         * It does not hold.
         *
         * @param problem why, and what to do
         */
        record Failed(Problem problem) implements Result {}
    }

    /** A check that reads and that may be skipped by id with a reason. */
    public static Check of(String id, String title, Probe probe) {
        return new Check(id, title, false, false, probe);
    }

    /** Makes it one that cannot be skipped. */
    public Check asStrict() {
        return new Check(id, title, true, trial, probe);
    }

    /** Makes it one that writes. */
    public Check asTrial() {
        return new Check(id, title, strict, true, probe);
    }
}
