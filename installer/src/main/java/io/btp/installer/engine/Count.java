package io.btp.installer.engine;

/** Counts for people. */
final class Count {
    private Count() {}

    static String steps(Drawn plan) {
        int count = plan.steps().size();
        return count == 1 ? "1 step" : count + " steps";
    }
}
