package io.btp.installer.it.proof;

import java.time.Duration;
import java.util.Optional;

/**
 * A cause that is brought about on purpose, and what the program has to say of it.
 *
 * @param name what people call it
 * @param component which component fails of it; empty where nothing is begun
 * @param seed brings it about
 * @param code exit code of the run that meets it; 0 where the run has to come through
 * @param patience how long the wait may stand still; empty where it has to fail at once, as nothing can get better
 * @param cause words of the innermost cause
 * @param evidence words of what shows it
 * @param remedy words of what to do
 */
record Fault(
        String name,
        String component,
        Seed seed,
        int code,
        Optional<Duration> patience,
        String cause,
        String evidence,
        String remedy) {
    /** Brings a cause about. */
    @FunctionalInterface
    interface Seed {
        Mend in(Ground ground) throws Exception;
    }

    /** Takes a cause away, as the remedy says. */
    @FunctionalInterface
    interface Mend {
        void run() throws Exception;
    }

    /** A step of this component fails. */
    static Fault of(String name, String component, Seed seed) {
        return new Fault(name, component, seed, 5, Optional.empty(), "", "", "");
    }

    /** The run ends before anything is changed. */
    static Fault before(String name, Seed seed) {
        return new Fault(name, "", seed, 4, Optional.empty(), "", "", "");
    }

    /** The run comes through. */
    static Fault survived(String name, Seed seed) {
        return new Fault(name, "", seed, 0, Optional.empty(), "", "", "");
    }

    /** What may get better by itself is waited for, here not for long. */
    Fault waited() {
        return new Fault(name, component, seed, code, Optional.of(Duration.ofSeconds(3)), cause, evidence, remedy);
    }

    Fault says(String words) {
        return new Fault(name, component, seed, code, patience, words, evidence, remedy);
    }

    Fault shows(String words) {
        return new Fault(name, component, seed, code, patience, cause, words, remedy);
    }

    Fault advises(String words) {
        return new Fault(name, component, seed, code, patience, cause, evidence, words);
    }

    @Override
    public String toString() {
        return name;
    }
}
