package io.btp.installer.api;

import java.util.List;

/**
 * Says what is wrong: cause, evidence, remedy.
 *
 * @param reason class of the problem; decides retry and exit code
 * @param summary one sentence: what is, what was expected
 * @param evidence what shows it: events, log lines, the other side's words; never confidential
 * @param remedy what to do; empty where nobody can do anything
 * @param causes what brought it about, nearest first
 */
public record Problem(Reason reason, String summary, List<String> evidence, String remedy, List<Problem> causes) {
    /** Class of a problem. */
    public enum Reason {
        /** An answer cannot work. */
        INVALID,
        /** Something that was named is not there. */
        NOT_FOUND,
        /** It does not answer: name, address, proxy, certificate. */
        UNREACHABLE,
        /** It answers and does not know who asks. */
        UNAUTHENTICATED,
        /** It knows who asks and does not allow it. */
        FORBIDDEN,
        /** Somebody else owns it, or changed it meanwhile. */
        CONFLICT,
        /** A quota, a limit or the capacity does not suffice. */
        QUOTA,
        /** A version or feature does not fit. */
        UNSUPPORTED,
        /** It is there and does not get ready. */
        NOT_READY,
        /** It failed in a way that may pass by itself; worth another try. */
        TRANSIENT,
        /** It failed for good. */
        FAILED
    }

    /** Copies the lists. */
    public Problem {
        evidence = List.copyOf(evidence);
        causes = List.copyOf(causes);
    }

    /** Says what is wrong and what to do. */
    public static Problem of(Reason reason, String summary, String remedy) {
        return new Problem(reason, summary, List.of(), remedy, List.of());
    }

    /** Adds what shows it. */
    public Problem evidence(List<String> lines) {
        return new Problem(reason, summary, lines, remedy, causes);
    }

    /** Adds what brought it about. */
    public Problem causedBy(Problem... problems) {
        return new Problem(reason, summary, evidence, remedy, List.of(problems));
    }

    /** Gives the innermost first cause: what people have to mend. */
    public Problem root() {
        return causes.isEmpty() ? this : causes.getFirst().root();
    }
}
